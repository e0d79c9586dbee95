package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.testbed.codecs.EightBitTable;
import io.cleave.testbed.measure.ProfileFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ModelCommandTest {
  private record Outcome(int code, String out, String err) {}

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new ModelCommand())
            .setExecutionExceptionHandler(new OneLineErrors())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  private static void refuses(String part, String... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().strip()).startsWith("cleave: ").contains(part).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void listsTheZooAndTheDevices() {
    Outcome outcome = run("list");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("zoo:resnet50", "4.09 G", "25.5 M", "raspberry-pi-3b");
  }

  @Test
  void inspectsANetworkOfTheZoo() {
    Outcome outcome = run("inspect", "zoo:small-residual", "--device", "jetson-tx2");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("small-residual: ", "conv1", "1x8x16x16", "8.0 KiB", "ms jetson-tx2", "*");
  }

  @Test
  void measuresWhatEightBitsCostANetworkOfTheZoo(@TempDir Path folder) throws IOException {
    Outcome outcome =
        run(
            "quantised",
            "zoo:small-chain",
            "--calibration",
            "3",
            "--rounds",
            "2",
            "--out",
            folder.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    DnnGraph graph = Zoo.SMALL_CHAIN.graph();
    DnnGraph noted = EightBitTable.noted(graph, folder.resolve("small-chain-int8.csv"));
    EightBits whole = noted.eightBits(graph.all()).orElseThrow();
    assertThat(whole.accuracyLoss()).isInfinite(); // its answers mean nothing
    assertThat(whole.storageBytes()).isBetween(1_000L, 4 * graph.parameters() + 20_000);
    assertThat(noted.tensor(0).eightBits()).contains(new EightBits(1, 0, whole.accuracyLoss()));
    assertThat(filesIn(folder)).hasSize(1);
    refuses("--calibration and --rounds", "quantised", "zoo:small-chain", "--rounds", "0");
  }

  @Test
  void inspectsAFileForAnotherBatch(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.onnx");
    Files.write(file, Zoo.SMALL_CHAIN.model(1).toByteArray());
    Outcome outcome = run("inspect", file.toString(), "--shape", "input=4x3x16x16");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("net: 10 layers", "input 4x3x16x16", "4x10");
  }

  @Test
  void writesTwoHalvesAndSaysWhatCrosses(@TempDir Path folder) throws IOException {
    Outcome outcome =
        run("slice", "zoo:small-residual", "--after", "relu1,conv2", "--out", folder.toString());
    assertThat(outcome.code()).isZero();
    // Two maps of 8 x 16 x 16 floats: 16 KiB.
    assertThat(outcome.out()).contains("What crosses, 16.0 KiB", "relu1 1x8x16x16", "conv2 ");
    DnnGraph near = OnnxGraph.read(folder.resolve("small-residual.near.onnx"));
    DnnGraph far = OnnxGraph.read(folder.resolve("small-residual.far.onnx"));
    assertThat(near.multiplyAccumulates() + far.multiplyAccumulates())
        .isEqualTo(Zoo.SMALL_RESIDUAL.graph().multiplyAccumulates());
    assertThat(filesIn(folder)).hasSize(2);
  }

  @Test
  void profilesANetworkOnThisMachine(@TempDir Path folder) {
    Path file = folder.resolve("p.json");
    Outcome outcome =
        run("profile", "zoo:small-inception", "--rounds", "2", "--out", file.toString());
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("whole network", "held out");
    DnnGraph graph = Zoo.SMALL_INCEPTION.graph();
    assertThat(ProfileFile.read(file).times(graph).run(graph.all())).isPositive();
  }

  @Test
  void badModelsEndInOneLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cut.onnx");
    byte[] whole = Zoo.SMALL_CHAIN.model(1).toByteArray();
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refuses("only part of one", "inspect", file.toString());
    refuses("there is no file", "inspect", folder.resolve("none.onnx").toString());
    refuses("Maybe 'alexnet'?", "inspect", "zoo:alexnett");
    refuses("1x3x224x224", "inspect", "zoo:alexnet", "--shape", "input=big");
    refuses("inputs are [input]", "inspect", "zoo:alexnet", "--shape", "image=1x3x224x224");
    refuses("axis 1 is fixed to 3", "inspect", "zoo:alexnet", "--shape", "input=1x1x224x224");
    refuses("no device class 'pi'", "inspect", "zoo:alexnet", "--device", "pi");
    refuses("At least 1 round", "profile", "zoo:small-chain", "--rounds", "0");
  }

  @Test
  void aBadCutWritesNothing(@TempDir Path folder) throws IOException {
    String out = folder.resolve("halves").toString();
    refuses("no layer 'conv99'", "slice", "zoo:small-chain", "--after", "conv99", "--out", out);
    refuses("nothing to slice", "slice", "zoo:small-chain", "--after", "fc2", "--out", out);
    refuses("nothing to slice", "slice", "zoo:small-chain", "--after", "input", "--out", out);
    assertThat(filesIn(folder)).isEmpty();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
