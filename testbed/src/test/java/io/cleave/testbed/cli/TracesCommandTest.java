package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesCommandTest {
  @TempDir private Path folder = Path.of("");

  private String homeBefore = "";

  @BeforeEach
  void ownHome() {
    homeBefore = System.getProperty("cleave.home", "");
    System.setProperty("cleave.home", folder.resolve("home").toString());
  }

  @AfterEach
  void homeAsBefore() {
    if (homeBefore.isEmpty()) {
      System.clearProperty("cleave.home");
    } else {
      System.setProperty("cleave.home", homeBefore);
    }
  }

  @Test
  void listsBuiltInRecordingsWithSplitMeansAndSource() {
    Spoken list = Spoken.to("traces", "list");
    assertThat(list.code()).isZero();
    assertThat(list.err()).isEmpty();
    assertThat(list.out().lines().filter(line -> line.contains("  test "))).hasSize(6);
    assertThat(list.out().lines().filter(line -> line.contains("  validation "))).hasSize(3);
    assertThat(list.out().lines().filter(line -> line.contains("  train "))).hasSize(6);
    assertThat(list.out()).contains("[1] Ghent/Belgium 4G logs");
  }

  @Test
  void showsTheFiguresOfAFile() throws IOException {
    // 2, 0, 4 Mbit/s for 1, 2 and 1 s. Mean 6/4 = 1.5; variance (0.25 + 2 x 2.25 + 6.25) / 4 =
    // 2.75, deviation 1.658, CV 1.106; an outage of 2 s, half of the time. The last step is as
    // long as the one before, so its second takes two rows of half a second.
    Path file = file("a.csv", "t_s,down_mbps\n0,2\n1,0\n3,4\n3.5,4\n");
    Spoken info = Spoken.to("traces", "info", file.toString(), "--rtt-ms", "40");
    assertThat(info.code()).isZero();
    assertThat(info.out())
        .contains("duration    4 s")
        .contains("round trip  40 ms, given")
        .contains("one was recorded; it serves for both")
        .contains("csv, Mbit/s")
        .containsPattern("both +1.5 +1.658 +1.106 +0 +4 +2 s +50 % +0.75 s +4");
  }

  @Test
  void warnsOfASlipOfUnitsAndGoesOn() throws IOException {
    // 20 kbit/s taken for Mbit/s would be right; written in bit/s it is 20,000 Mbit/s.
    Path file = file("slip.csv", "t_s,down_mbps\n0,20000\n1,20000\n");
    Spoken info = Spoken.to("traces", "info", file.toString());
    assertThat(info.code()).isZero();
    assertThat(info.err()).startsWith("cleave: warning: slip: ").contains("20000").contains("unit");
    Path slow = file("slow.csv", "t_s,down_mbps\n0,0.02\n1,0.02\n");
    assertThat(Spoken.to("traces", "info", slow.toString()).err())
        .contains("0.02")
        .contains("unit");
  }

  @Test
  void warnsOfARecordingThatIsLimitedByItsApplication() throws IOException {
    Path file = file("player.csv", "t_s,down_mbps\n0,3\n1,0\n2,0\n3,4\n");
    Spoken info = Spoken.to("traces", "info", file.toString());
    assertThat(info.code()).isZero();
    assertThat(info.err()).contains("50.0 %").contains("application-limited");
  }

  @Test
  void countsARateInTheGivenUnit() throws IOException {
    Path file = file("drive.txt", "0 999\n1 1500\n2 2500\n");
    Spoken info = Spoken.to("traces", "info", file.toString(), "--unit", "kbps");
    assertThat(info.out()).contains("cooked, kbit/s").containsPattern("both +2 +0.5 ");
  }

  @Test
  void saysSoWhereTheFileKnowsItsRoundTrip() throws IOException {
    String rows = "t_s,down_mbps,rtt_ms\n0,2,30\n1,2,50\n2,2,50\n";
    String file = file("known.csv", rows).toString();
    // 30 ms for 1 s, then 50 ms for 2 s: 43.33 ms over time
    Spoken info = Spoken.to("traces", "info", file, "--rtt-ms", "9");
    assertThat(info.code()).isZero();
    assertThat(info.out()).contains("measured, 43.33 ms on average, 30 to 50 ms");
    assertThat(info.err()).contains("--rtt-ms is not used");
    assertThat(Spoken.to("traces", "info", file).err()).isEmpty();
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Spoken info = Spoken.to("traces", "info", folder.resolve("none.csv").toString());
    assertThat(info.isOneLineOfRefusal()).as(info.toString()).isTrue();
    assertThat(info.err()).contains("none.csv").contains("no such file");
  }

  @Test
  void refusesAnUnknownNameAndTellsTheNearest() {
    for (String command : List.of("info", "plot")) {
      Spoken spoken = Spoken.to("traces", command, "norway-3g-buss");
      assertThat(spoken.isOneLineOfRefusal()).as(spoken.toString()).isTrue();
      assertThat(spoken.err()).contains("norway-3g-buss").contains("'norway-3g-bus'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // empty
        "t_s,down_mbps\n", // a header only
        "t_s,down_mbps\n0,1\n2,1\n1,1\n", // time goes back
        "t_s,down_mbps\n0,1\n1,-3\n", // negative
        "t_s,down_mbps\n0,1\n1,many\n", // no number
        "t_s,down_mbps\n0,0\n1,0\n", // carries nothing
        "dear diary,\ntoday I drove a tram\n" // no recording
      })
  void refusesABrokenFileAndKeepsNothing(String text) throws IOException {
    Path file = file("broken.csv", text);
    for (List<String> words :
        List.of(
            List.of("info", file.toString()),
            List.of("plot", file.toString(), "--out", folder.resolve("p.svg").toString()),
            List.of("import", file.toString(), "--as", "broken"))) {
      Spoken spoken =
          Spoken.to(Stream.concat(Stream.of("traces"), words.stream()).toArray(String[]::new));
      assertThat(spoken.isOneLineOfRefusal()).as(spoken.toString()).isTrue();
      assertThat(spoken.err()).contains("broken.csv");
    }
    assertThat(folder.resolve("p.svg")).doesNotExist();
    assertThat(kept()).isEmpty();
  }

  @Test
  void namesLineAndValueOfWhatIsWrong() throws IOException {
    Path file = file("broken.csv", "t_s,down_mbps\n0,1\n1,-3\n");
    assertThat(Spoken.to("traces", "info", file.toString()).err()).contains(":3 ").contains("-3");
  }

  @Test
  void refusesWhatIsNotText() throws IOException {
    Path file = folder.resolve("a.bin");
    Files.write(file, new byte[] {0, 5, 22, 7, 0, 2, 0, 0, (byte) 0xff});
    Spoken info = Spoken.to("traces", "info", file.toString());
    assertThat(info.isOneLineOfRefusal()).as(info.toString()).isTrue();
    assertThat(info.err()).contains("not text");
  }

  @Test
  void refusesAFolder() {
    Spoken info = Spoken.to("traces", "info", folder.toString());
    assertThat(info.isOneLineOfRefusal()).as(info.toString()).isTrue();
  }

  @Test
  void refusesUnknownFormatsUnitsAndOptions() throws IOException {
    String file = file("a.csv", "t_s,down_mbps\n0,2\n1,3\n").toString();
    assertThat(Spoken.to("traces", "info", file, "--format", "cookd").err()).contains("cooked");
    assertThat(Spoken.to("traces", "info", file, "--rtt-ms", "-3").err()).contains("-0.003");
    assertThat(Spoken.to("traces", "info", file, "--unit", "kbps").err()).contains("Mbit/s");
    assertThat(Spoken.to("traces", "import", file, "--as", "../a").err()).contains("'../a'");
    assertThat(Spoken.to("traces", "paint").err()).contains("paint", "--help");
    for (String[] words :
        new String[][] {
          {"traces", "info", file, "--format", "cookd"},
          {"traces", "info", file, "--unit", "furlongs"},
          {"traces", "info", file, "--unit", "kbps"}, // our own CSV says what it counts
          {"traces", "info", file, "--rtt-ms", "-3"},
          {"traces", "info", file, "--rtt-ms", "soon"},
          {"traces", "info", "norway-3g-bus", "--rtt-ms", "3"}, // a name is read already
          {"traces", "info"},
          {"traces", "import", file},
          {"traces", "import", "--as", "a"},
          {"traces", "import", file, "--as", "../a"},
          {"traces", "import", file, "--as", "norway-3g-bus"},
          {"traces", "plot", file, "--out", "a.png"},
          {"traces", "plot", file, "--out", file + "/a.svg"}, // a file is no folder
          {"traces", "paint"},
        }) {
      Spoken spoken = Spoken.to(words);
      assertThat(spoken.isOneLineOfRefusal()).as(spoken.toString()).isTrue();
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void keepsAnImportedRecordingUnderItsName() throws IOException {
    Path file = file("drive.txt", "0 9\n0.5 1.5\n2 2.5\n");
    Spoken done = Spoken.to("traces", "import", file.toString(), "--as", "drive", "--rtt-ms", "70");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).startsWith("drive: 2 s, 2.25 Mbit/s -> "); // (0.75 + 3.75) / 2
    assertThat(kept()).containsExactlyInAnyOrder("drive.csv", "drive.json");
    Spoken info = Spoken.to("traces", "info", "drive");
    assertThat(info.code()).isZero();
    assertThat(info.out())
        .contains("imported from cooked, Mbit/s")
        .contains("70 ms, given at import")
        // of the text above, by sha256sum
        .contains(
            "drive.txt, SHA-256 0b1bec2b903f37e3d52cebfd5a47b2038cc436bc5b2ccde766a0845d6c31511f")
        .containsPattern("both +2.25 ");
    assertThat(Spoken.to("traces", "list").out()).containsPattern("drive +imported +2 s +2.25");
  }

  @Test
  void replacesARecordingOnlyWhenForced() throws IOException {
    Path first = file("a.txt", "0 1\n1 1\n");
    Path second = file("b.txt", "0 2\n1 2\n");
    assertThat(Spoken.to("traces", "import", first.toString(), "--as", "x").code()).isZero();
    Spoken refused = Spoken.to("traces", "import", second.toString(), "--as", "x");
    assertThat(refused.isOneLineOfRefusal()).as(refused.toString()).isTrue();
    assertThat(refused.err()).contains("--force");
    assertThat(Spoken.to("traces", "info", "x").out()).containsPattern("both +1 ");
    assertThat(Spoken.to("traces", "import", second.toString(), "--as", "x", "--force").code())
        .isZero();
    assertThat(Spoken.to("traces", "info", "x").out()).containsPattern("both +2 ");
  }

  @Test
  void keepsNothingIfOneOfSeveralCannotBeRead() throws IOException {
    Path good = file("a.txt", "0 1\n1 1\n");
    Path bad = file("b.txt", "0 1\n1 -1\n");
    Spoken refused = Spoken.to("traces", "import", good.toString(), bad.toString(), "--as", "x");
    assertThat(refused.isOneLineOfRefusal()).as(refused.toString()).isTrue();
    assertThat(kept()).isEmpty();
  }

  @Test
  void numbersSeveralRecordings() throws IOException {
    Path first = file("a.txt", "0 1\n1 1\n");
    Path second = file("b.txt", "0 2\n1 2\n");
    Spoken done = Spoken.to("traces", "import", first.toString(), second.toString(), "--as", "x");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(kept()).containsExactlyInAnyOrder("x-1.csv", "x-1.json", "x-2.csv", "x-2.json");
  }

  @Test
  void listsTheOthersWhenOneImportedRecordingIsBroken() throws IOException {
    Path file = file("a.txt", "0 1\n1 1\n");
    assertThat(Spoken.to("traces", "import", file.toString(), "--as", "x").code()).isZero();
    Files.writeString(folder.resolve("home/traces/x.csv"), "t_s,down_mbps\n0,oh\n");
    Spoken list = Spoken.to("traces", "list");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("norway-3g-bus");
    assertThat(list.err()).startsWith("cleave: warning: ").contains("x.csv");
  }

  @Test
  void drawsAPictureAndSaysWhere() throws IOException {
    Path picture = folder.resolve("bus.svg");
    Spoken plot = Spoken.to("traces", "plot", "norway-3g-bus", "--out", picture.toString());
    assertThat(plot.code()).as(plot.err()).isZero();
    assertThat(plot.out()).contains("Picture: " + picture).contains("Mbit/s");
    assertThat(picture).content().startsWith("<svg ").contains("Capacity, Mbit/s", "Time, s");
    assertThat(folder)
        .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "info", "import", "plot"})
  void everyCommandHelpsWithAnExample(String command) {
    Spoken help = Spoken.to("traces", command, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("cleave traces " + command).contains("Example");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<String> kept() throws IOException {
    Path store = folder.resolve("home/traces");
    if (!Files.isDirectory(store)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(store)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
