package io.cleave.testbed.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.traces.TraceLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees of {@code cleave traces}. */
class TracesCommandTest {
  private static final String GOOD = "0.0 3.17\n0.5 3.05\n1.0 3.17\n";

  @TempDir private Path folder = Path.of("");

  /** Exit code and what came on the two streams. */
  private record Outcome(int code, String out, String err) {}

  private Outcome traces(String... arguments) {
    List<String> all = new ArrayList<>(List.of("traces"));
    all.addAll(List.of(arguments));
    all.add("--store=" + store());
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, UTF_8));
      System.setErr(new PrintStream(errBytes, true, UTF_8));
      int code = Cleave.execute(all.toArray(String[]::new));
      return new Outcome(code, outBytes.toString(UTF_8), errBytes.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Path store() {
    return folder.resolve("store");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void listShowsSplitFiguresAndSource() {
    Outcome list = traces("list");
    assertThat(list.code()).isZero();
    assertThat(list.out().lines()).hasSize(16);
    assertThat(list.out())
        .containsPattern("belgium-4g-tram +test +300 +15\\.11 +as down +2\\.0 +50 +Ghent")
        .containsPattern("lte-tmobile +train +138 +16\\.66 +13\\.16 +0\\.0 +50 +Saturator");
  }

  @Test
  void infoOfANamedTracePrintsItsFigures() {
    Outcome info = traces("info", "norway-3g-outage");
    assertThat(info.code()).isZero();
    assertThat(info.err()).isEmpty();
    assertThat(info.out())
        .contains("norway-3g-outage: 300.000 s")
        .contains("Norway HSDPA logs")
        .contains("round trip: 100.0 ms, a constant")
        .containsPattern("down = up +1\\.53\\d +\\d\\.\\d+ +\\d\\.\\d+ .* 72\\.0 +2\\.000 +150");
  }

  @Test
  void infoOfAFileSaysItsFormatAndWhatWasAssumed() throws IOException {
    Outcome info = traces("info", file("a.txt", GOOD));
    assertThat(info.code()).isZero();
    assertThat(info.out()).contains("a: 1.000 s", "format cooked", "50 ms assumed");
  }

  @Test
  void aUnitSlipIsWarnedOfAndTheRightUnitIsNot() throws IOException {
    String file = file("a.txt", GOOD);
    Outcome right = traces("import", file, "--as=right");
    assertThat(right.code()).isZero();
    assertThat(right.err()).isEmpty();
    Outcome slip = traces("import", file, "--as=slip", "--unit=kbps");
    assertThat(slip.code()).isZero();
    assertThat(slip.err().lines()).hasSize(1);
    assertThat(slip.err()).contains("warning", "0.003110 Mbit/s is below 0.05", "off by 1000");
  }

  @Test
  void anImportedTraceHasANameLikeABuiltInOne() throws IOException {
    Outcome imported =
        traces("import", file("a.txt", GOOD), "--as=mine", "--rtt-ms=70", "--source=my bus");
    assertThat(imported.code()).isZero();
    assertThat(imported.out()).contains("imported as mine", "mine.csv");
    assertThat(traces("list").out()).containsPattern("mine +imported +1 +3\\.11 .* 70 +my bus");
    assertThat(traces("info", "mine").out()).contains("my bus", "70.0 ms");
    assertThat(TraceLibrary.builtIn().with(store()).trace("mine").down().rateAt(0.7))
        .isEqualTo(3.17e6);
  }

  @Test
  void mahimahiPairsAreGivenByWhatTheyShare() throws IOException {
    file("lte.up", "100\n200\n");
    file("lte.down", "50\n100\n200\n");
    Outcome info = traces("info", folder.resolve("lte").toString());
    assertThat(info.code()).isZero();
    assertThat(info.out()).contains("lte: 0.200 s", "format mahimahi").containsPattern("\nup ");
  }

  @Test
  void plotDrawsAPictureAndSaysWhere() throws IOException {
    Path picture = folder.resolve("deep/picture.svg");
    Outcome plot = traces("plot", "lte-tmobile", "--out=" + picture);
    assertThat(plot.code()).isZero();
    assertThat(plot.out()).contains("down, Mbit/s", "up, Mbit/s", "picture: " + picture);
    assertThat(Files.readString(picture))
        .startsWith("<svg xmlns=")
        .contains("down: mean 16.66 Mbit/s", "up: mean 13.16 Mbit/s", "Saturator")
        .doesNotContain("href", "src=")
        .endsWith("</svg>\n");
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of("a.txt", "0 1\n1 -2\n", "a.txt:2 column 2: '-2' must be at least 0"),
        Arguments.of("a.txt", "0 1\n2 1\n1 1\n", "a.txt:3 column 1: '1' is earlier"),
        Arguments.of("a.txt", "0 0\n1 0\n", "carries nothing from start to end"),
        Arguments.of("a.txt", "what\n", "begins like none of the known formats"),
        Arguments.of("a.json", "[{", "is no JSON"),
        Arguments.of("a.csv", "t_s,down_mbps\n", "no row"),
        Arguments.of("a.down", "1\n\n2\n", "a.down:2 column 1: '' is no time"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void badFilesEndInOneLineAndLeaveNothing(String name, String content, String problem)
      throws IOException {
    refused(problem, "import", file(name, content), "--as=bad");
    assertThat(store()).doesNotExist();
  }

  @Test
  void anEmptyAndAMissingFileEndInOneLine() throws IOException {
    refused("is empty", "import", file("empty.csv", ""), "--as=bad");
    refused("there is no file", "import", folder.resolve("missing").toString(), "--as=bad");
    refused("there is no file", "info", folder.resolve("missing").toString());
    refused("is a directory", "info", folder.toString());
    assertThat(store()).doesNotExist();
  }

  @Test
  void wrongNamesAndOptionsEndInOneLine() throws IOException {
    String file = file("a.txt", GOOD);
    refused("Maybe 'lte-verizon'?", "info", "lte-verizom");
    refused("is a built-in trace", "import", file, "--as=lte-verizon");
    refused("lower-case letters", "import", file, "--as=../escape");
    refused("lower-case letters", "import", file, "--as=Upper");
    refused("Missing required option: '--as=NAME'", "import", file);
    refused("Maybe 'cooked'?", "info", file, "--format=cookd");
    refused("expected one of", "info", file, "--unit=mbyte");
    refused("whose unit is fixed", "info", file("b", "0\n5\n"), "--unit=mbps");
    refused("1 to 10000 ms", "info", file, "--bin-ms=0");
    refused("0 to 60 s", "info", file, "--rtt-ms=-1");
    refused("has sessions 1 to 1, not 2", "info", file, "--session=2");
    refused("Maybe 'list'?", "lisst");
  }

  @Test
  void anImportIsNotReplacedUnlessAsked() throws IOException {
    String file = file("a.txt", GOOD);
    assertThat(traces("import", file, "--as=mine").code()).isZero();
    refused("Maybe --replace", "import", file, "--as=mine");
    assertThat(traces("import", file, "--as=mine", "--replace").code()).isZero();
    // a bad file leaves the old trace as it was
    Path stored = store().resolve("mine.csv");
    String before = Files.readString(stored);
    refused("at least 0", "import", file("bad", "0 1\n1 -2\n"), "--as=mine", "--replace");
    assertThat(stored).hasContent(before);
    try (var files = Files.list(store())) {
      assertThat(files).containsExactly(stored);
    }
  }

  @Test
  void numbersHaveDotsWhateverTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(traces("info", "norway-3g-bus").out())
          .contains("300.000 s")
          .doesNotContain("300,");
    } finally {
      Locale.setDefault(before);
    }
  }

  private void refused(String problem, String... arguments) {
    Outcome outcome = traces(arguments);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("cleave: ").contains(problem);
    assertThat(outcome.err().lines()).hasSize(1);
  }
}
