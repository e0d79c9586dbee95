package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every format. */
class TraceFileTest {
  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void columnsDecideAndNeverTheName() {
    // elsewhere, an original file name was kept for a two-column file
    Path twoColumns = written().file("report_bus_0001.log", "0 1\n1 2\n");
    Path sixColumns = written().file("cooked.csv", "1453121790 1000 59 10 125000 1000\n");
    Path ownCsv = written().file("trace.json", "t_s,down_mbps\n0,5\n");
    Path json = written().file("a.csv", "[{\"duration_ms\":1,\"bandwidth_kbps\":1}]");
    Path packets = written().file("b.csv", "0\n5\n");
    assertThat(TraceFormat.sniff(twoColumns)).isEqualTo(TraceFormat.COOKED);
    assertThat(TraceFormat.sniff(sixColumns)).isEqualTo(TraceFormat.SIX_COLUMN);
    assertThat(TraceFormat.sniff(ownCsv)).isEqualTo(TraceFormat.OWN);
    assertThat(TraceFormat.sniff(json)).isEqualTo(TraceFormat.SABRE);
    assertThat(TraceFormat.sniff(packets)).isEqualTo(TraceFormat.MAHIMAHI);
  }

  @Test
  void windowsLineEndsAndByteOrderMarksDoNotMatter() {
    assertThat(Written.steps(written().down("\uFEFFt_s,down_mbps\r\n0,5\r\n1,6\r\n")))
        .isEqualTo("0:5 1:6 |2");
    assertThat(Written.steps(written().down("0 1\r\n1 2\r\n"))).isEqualTo("0:2 |1");
  }

  @Test
  void whatIsNoTraceIsRefusedWithItsFirstLine() {
    refused("time;rate\n0;1\n", ":1: 'time;rate' begins like none of the known formats");
    refused("hello world\n", ":1: 'hello world'");
    refused("", "is empty");
    refused(" \n\n", "is empty");
  }

  @Test
  void theCompanionsOfAnArchiveAreNotTexts() {
    refused("\0\5\26\7\0\2\0\0Mac OS X", "is not a text. Maybe it is a \"._\" companion");
  }

  @Test
  void aMissingFileAndAFolderAreNamed() {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> TraceFile.read("t", List.of(missing), ReadingOptions.DEFAULT))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing.csv");
    assertThatThrownBy(() -> TraceFile.read("t", List.of(folder), ReadingOptions.DEFAULT))
        .hasMessageContaining("is a directory");
  }

  @Test
  void theUnitOfMostFormatsIsFixed() {
    ReadingOptions kilo = ReadingOptions.DEFAULT.withUnit(RateUnit.KBPS);
    assertThatThrownBy(() -> written().read("t_s,down_mbps\n0,5\n", kilo))
        .hasMessageContaining("is a own recording, whose unit is fixed");
  }

  @Test
  void mostFormatsAreOneFile() {
    Path one = written().file("one", "0 1\n1 2\n");
    Path two = written().file("two", "0 1\n1 2\n");
    assertThatThrownBy(() -> TraceFile.read("t", List.of(one, two), ReadingOptions.DEFAULT))
        .hasMessageContaining("which is one file; 2 were given");
  }

  @Test
  void anAssumedRoundTripIsSaid() {
    Recording recording = written().read("0 1\n1 2\n");
    assertThat(recording.trace().roundTrip().at(0)).isEqualTo(0.05);
    assertThat(recording.notes()).anyMatch(note -> note.contains("50 ms assumed"));
    Recording given =
        written().read("0 1\n1 2\n", ReadingOptions.DEFAULT.withRoundTripSeconds(0.1));
    assertThat(given.trace().roundTrip().at(0)).isEqualTo(0.1);
    assertThat(given.notes()).isEmpty();
  }

  @Test
  void aFormatCanBeForced() {
    ReadingOptions own = ReadingOptions.DEFAULT.withFormat(TraceFormat.OWN);
    assertThatThrownBy(() -> written().read("0 1\n1 2\n", own)).hasMessageContaining("t_s");
    assertThat(TraceFormat.byId("six-column")).isEqualTo(TraceFormat.SIX_COLUMN);
    assertThatThrownBy(() -> TraceFormat.byId("mahimahy")).hasMessageContaining("'mahimahi'");
  }

  @Test
  void optionsRefuseWhatMakesNoSense() {
    assertThatThrownBy(() -> ReadingOptions.DEFAULT.withBinMillis(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> ReadingOptions.DEFAULT.withRoundTripSeconds(-1))
        .hasMessageContaining("-1.0");
  }

  @Test
  void longAndUnprintableValuesDoNotBreakTheLine() {
    assertThatThrownBy(() -> written().read("0 1\n1 \u0007" + "x".repeat(500) + "\n"))
        .satisfies(error -> assertThat(String.valueOf(error.getMessage()).lines()).hasSize(1))
        .hasMessageContaining("'?xxx")
        .hasMessageContaining("xxx...'");
  }

  @Test
  void aFileAppearsWholeOrNotAtAll() throws IOException {
    Path target = folder.resolve("deep/er/file.txt");
    WholeFile.write(target, "one");
    WholeFile.write(target, "two");
    assertThat(target).hasContent("two");
    try (var files = Files.list(folder.resolve("deep/er"))) {
      assertThat(files).containsExactly(target);
    }
    Path blocked = folder.resolve("deep/er/file.txt/x");
    assertThatThrownBy(() -> WholeFile.write(blocked, "x"))
        .isInstanceOf(UncheckedIOException.class);
    Path occupied = folder.resolve("full");
    Files.createDirectories(occupied.resolve("inside"));
    assertThatThrownBy(() -> WholeFile.write(occupied, "x"))
        .isInstanceOf(UncheckedIOException.class);
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().contains("draft"));
    }
  }

  private void refused(String content, String problem) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(problem);
  }
}
