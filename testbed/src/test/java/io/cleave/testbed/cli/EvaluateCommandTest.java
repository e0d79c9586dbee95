package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.onnx.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  private int run(String... options) {
    return Cleave.execute(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.concat(Stream.of("evaluate"), Arrays.stream(options)).toArray(String[]::new));
  }

  /** Two recordings, on one of which help pays now and then. */
  @Test
  void theLearnedPolicyIsNeitherWorseThanOthersNorCollapsed() throws IOException {
    Path csv = folder.resolve("verdict.csv");
    String[] options = {
      "--deployment",
      "one",
      "--seeds",
      "2",
      "--model",
      "zoo:alexnet",
      "--out",
      "" + csv,
      "--trace",
      "lte-att-driving",
      "--trace",
      "belgium-4g-tram",
      "--planner",
      "local",
      "--planner",
      "qdmp",
      "--planner",
      "learned",
      "--planner",
      "oracle"
    };
    assertThat(run(options)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("alexnet, one device (best published: qdmp)", "gap closed %");

    String first = Files.readString(csv);
    assertThat(run(options)).isZero();
    assertThat(csv).hasContent(first); // to the last digit

    Map<String, Map<String, String>> rows = rows(csv);
    double learned = figure(rows, "learned", "mean ms");
    assertThat(learned).isLessThan(figure(rows, "qdmp", "mean ms") * 1.001);
    assertThat(learned).isGreaterThan(figure(rows, "oracle", "mean ms") * 0.999);
    assertThat(figure(rows, "local", "entropy")).isZero();
    assertThat(figure(rows, "learned", "entropy")).isGreaterThan(0.1);
  }

  private static Map<String, Map<String, String>> rows(Path csv) throws IOException {
    List<String[]> lines = Files.readAllLines(csv).stream().map(l -> l.split(",", -1)).toList();
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (String[] line : lines) {
      Map<String, String> row = new TreeMap<>();
      for (int i = 0; i < line.length; i++) {
        row.put(lines.get(0)[i], line[i]);
      }
      rows.put(line[2], row);
    }
    return rows;
  }

  private static double figure(
      Map<String, Map<String, String>> rows, String planner, String column) {
    assertThat(rows).containsKey(planner);
    return Double.parseDouble(rows.getOrDefault(planner, Map.of()).getOrDefault(column, "-"));
  }

  /** A network of one's own, with a shape that its file leaves open, and another device. */
  @Test
  void aFileSaysWhatIsOtherwise() throws IOException {
    Path model = folder.resolve("small.onnx");
    Files.write(model, Zoo.SMALL_CHAIN.model(1).toByteArray());
    Path yaml =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "models: [{file: small.onnx, name: mine}]\ndevice: microcontroller\nseconds: 20\n");
    Path csv = folder.resolve("mine.csv");
    String[] options = {
      "" + yaml, "--deployment", "one", "--seeds", "2", "--planner", "qdmp", "--out", "" + csv
    };
    assertThat(run(options)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("mine, one device");
    assertThat(rows(csv)).containsKeys("qdmp", "oracle");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run("--planner", "leaned")).isEqualTo(2);
    assertThat(err.toString()).contains("Maybe learned was meant");
    assertThat(run("--deployment", "two")).isEqualTo(2);
    assertThat(err.toString()).contains("no deployment two", "one, site-20, site-200");
    assertThat(run("--planner", "learned")).isEqualTo(2);
    assertThat(err.toString()).contains("--planner", "published");
  }
}
