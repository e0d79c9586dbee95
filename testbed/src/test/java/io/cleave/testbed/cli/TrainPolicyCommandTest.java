package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainPolicyCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  private int run(String... options) {
    return Cleave.execute(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.concat(Stream.of("train", "policy"), Arrays.stream(options)).toArray(String[]::new));
  }

  @Test
  void trainsResumesAndIsUsed() throws IOException {
    Path policy = folder.resolve("mine.onnx");
    assertThat(run("--smoke", "--out", "" + policy, "--seed", "3")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("against the cost model");
    assertThat(Files.readAllLines(folder.resolve("mine.onnx.csv")))
        .hasSize(3)
        .first()
        .asString()
        .startsWith("round,seconds,lessons,loss");
    assertThat(folder.resolve("mine.onnx.svg"))
        .content()
        .startsWith("<svg")
        .contains("against the cost model alone", "circle");
    Path again = folder.resolve("again.onnx");
    assertThat(run("--smoke", "--out", "" + again, "--seed", "3", "--cores", "1")).isZero();
    assertThat(again).hasSameBinaryContentAs(policy);

    Path more = folder.resolve("more.onnx");
    String last = policy + ".last";
    assertThat(run("--smoke", "--out", "" + more, "--resume", last)).as(err.toString()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("more.onnx.last")))
        .isNotEqualTo(Files.readAllBytes(Path.of(last)));
  }

  @Test
  void looksAtItsMemoryFromSeedToSeed() {
    assertThat(run("--soak", "0.1", "--cores", "1")).as(err.toString()).isZero();
    assertThat(out.toString()).contains(" times ", "resident in the second quarter", " MB");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "no weights");
    assertThat(run("--smoke", "--resume", "" + broken)).isEqualTo(2);
    assertThat(err.toString()).contains("broken.onnx is no ONNX model");
    assertThat(run("--smoke", "--resume", "" + folder.resolve("none"))).isEqualTo(2);
    assertThat(err.toString()).contains("none cannot be read");
    assertThat(run("--smoke", "--without", "SWIN")).isEqualTo(2);
    assertThat(err.toString()).contains("--without", "Maybe SWING was meant");
    assertThat(run("--cores", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--cores must be at least 1, not 0");
  }
}
