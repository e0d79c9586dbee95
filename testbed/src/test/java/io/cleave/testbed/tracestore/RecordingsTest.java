package io.cleave.testbed.tracestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.traces.Capacity;
import io.cleave.traces.ReadOptions;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void findsBuiltInImportedAndFiles() throws IOException {
    TraceStore store = store();
    store.put("mine", trace(3e6), provenance());
    Path file = Files.writeString(folder.resolve("f.csv"), "t_s,down_mbps\n0,5\n1,5\n");
    Recordings recordings = new Recordings(TraceLibrary.builtIn(), store);
    assertThat(mean(recordings.trace("fcc-fixed-line"))).isCloseTo(2.63, within(0.3));
    assertThat(mean(recordings.trace("mine"))).isEqualTo(3);
    assertThat(mean(recordings.trace(file.toString()))).isEqualTo(5);
    assertThat(mean(recordings.trace("f.csv", folder))).isEqualTo(5);
    assertThat(recordings.names()).hasSize(16).endsWith("mine");
  }

  @Test
  void givesBackWhatWasPut() {
    TraceStore store = store();
    store.put("mine", trace(3e6), provenance());
    Trace again = store.trace("mine");
    assertThat(again.name()).isEqualTo("mine");
    assertThat(again.source()).isEqualTo("me, on a bus");
    assertThat(again.roundTrip().isMeasured()).isFalse();
    assertThat(again.roundTrip().at(0)).isEqualTo(0.07);
    assertThat(store.provenance("mine")).isEqualTo(provenance());
  }

  @Test
  void weighsMeasuredRoundTripsByTime() {
    // 40 ms holds from 0 to 2 s, before its sample too; 100 ms for the last of 3 s: mean 60 ms.
    Capacity way = new Capacity(new double[] {0, 2, 3}, new double[] {1e6, 2e6});
    RoundTrip rtt = RoundTrip.measured(new double[] {1, 2}, new double[] {0.04, 0.1});
    TraceStore store = store();
    store.put("mine", new Trace("x", "s", way, way, rtt), provenance());
    for (Trace trace : List.of(new Trace("x", "s", way, way, rtt), store.trace("mine"))) {
      assertThat(RoundTripFigures.of(trace).meanMillis()).isCloseTo(60, within(1e-9));
      assertThat(RoundTripFigures.of(trace).maxMillis()).isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void tellsTheNearestOfAllNames() {
    TraceStore store = store();
    store.put("commute", trace(3e6), provenance());
    Recordings recordings = new Recordings(TraceLibrary.builtIn(), store);
    assertThatThrownBy(() -> recordings.trace("comute"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'commute'");
  }

  @Test
  void neverTakesAPathForAName() {
    for (String name :
        List.of("", ".", "..", "../x", "a/b", "a.csv", "-x", "a b", "x".repeat(65))) {
      assertThatThrownBy(() -> store().checkFree(name, true)).isInstanceOf(UserError.class);
      assertThat(store().holds(name)).isFalse();
    }
  }

  @Test
  void leavesTheOldRecordingWhenWritingFails() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.txt"), "old");
    assertThatThrownBy(
            () ->
                WholeFiles.write(
                    file,
                    text -> {
                      text.write("half");
                      throw new IOException("the disk is full");
                    }))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the disk is full");
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void takesAPairForOneRecording() throws IOException {
    // A chance of 1504 bytes every 10 ms down is 1.2032 Mbit/s; every 20 ms up, half of it.
    StringBuilder down = new StringBuilder();
    StringBuilder up = new StringBuilder();
    for (int ms = 10; ms <= 2000; ms += 10) {
      down.append(ms).append('\n');
      up.append(ms % 20 == 0 ? ms + "\n" : "");
    }
    Path first = Files.writeString(folder.resolve("a.up"), up);
    Path second = Files.writeString(folder.resolve("a.down"), down);
    for (List<Path> files :
        List.of(List.of(first, second), List.of(second), List.of(second, first))) {
      List<TraceImport> imports =
          TraceImport.read(files, "pair", Optional.empty(), ReadOptions.defaults());
      assertThat(imports).hasSize(1);
      assertThat(imports.get(0).name()).isEqualTo("pair");
      assertThat(mean(imports.get(0).trace())).isCloseTo(1.2032, within(0.001));
      assertThat(imports.get(0).trace().up().meanBitsPerSecond()).isCloseTo(601_600, within(500.0));
      assertThat(imports.get(0).provenance().originals())
          .extracting(Provenance.Original::file)
          .containsExactlyInAnyOrder("a.up", "a.down");
    }
  }

  private TraceStore store() {
    return new TraceStore(folder.resolve("store"));
  }

  private static double mean(Trace trace) {
    return trace.down().meanBitsPerSecond() / 1e6;
  }

  private static Trace trace(double rate) {
    Capacity way = new Capacity(new double[] {0, 2, 3}, new double[] {rate, rate});
    return new Trace("x", "s", way, way, RoundTrip.constant(0.07));
  }

  private static Provenance provenance() {
    return new Provenance(
        "me, on a bus",
        "cooked",
        "Mbit/s",
        70,
        0,
        List.of(new Provenance.Original("a.txt", "00ff")));
  }
}
