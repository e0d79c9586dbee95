package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.OnnxGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainExitsCommandTest {
  private static final int SIZE = 28;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    write("train", 3_200);
    write("t10k", 300);
  }

  /** Stripes, the wider the higher the class: learned within an epoch. */
  private void write(String set, int count) throws IOException {
    Random random = new Random(count);
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIZE * SIZE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    images.putInt(0x803).putInt(count).putInt(SIZE).putInt(SIZE);
    labels.putInt(0x801).putInt(count);
    for (int image = 0; image < count; image++) {
      int label = random.nextInt(10);
      labels.put((byte) label);
      for (int i = 0; i < SIZE * SIZE; i++) {
        boolean bright = i / SIZE / (label + 1) % 2 == 0;
        images.put((byte) (random.nextInt(60) + (bright ? 180 : 0)));
      }
    }
    Files.write(folder.resolve(set + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(set + "-labels-idx1-ubyte"), labels.array());
  }

  private int run(String... options) {
    return Cleave.execute(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.concat(Stream.of("train", "exits"), Arrays.stream(options)).toArray(String[]::new));
  }

  @Test
  void trainsANetworkAndMeasuresItsExits() throws IOException {
    Path results = folder.resolve("results");
    String[] options = {
      "--network", "lenet", "--smoke", "--data", "" + folder, "--out", "" + results
    };
    assertThat(run(options)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("exit1", "exit2", "of 300 test images");

    DnnGraph graph = OnnxGraph.read(results.resolve("lenet-exits.onnx"), Map.of());
    assertThat(graph.outputs()).hasSize(2);
    JsonNode exits =
        new ObjectMapper().readTree(results.resolve("lenet-exits.exits.json").toFile());
    assertThat(exits.path("calibration_images").asInt()).isEqualTo(500);
    assertThat(exits.path("exits")).hasSize(2);
    for (JsonNode exit : exits.path("exits")) {
      assertThat(exit.path("test_accuracy").asDouble()).isGreaterThan(0.5);
      assertThat(exit.path("entropy_nats")).hasSize(20);
      JsonNode loosest = exit.path("confidence").get(0);
      assertThat(loosest.path("test_share").asDouble()).isGreaterThan(0.9);
    }
  }

  @Test
  void saysWhatIsWrongWithTheImages() {
    assertThat(run("--network", "lenet", "--data", "" + folder.resolve("none"))).isEqualTo(2);
    assertThat(err.toString()).contains("train-images-idx3-ubyte", "dataset-fashion-mnist");
    assertThat(run("--network", "lenet", "--data", "" + folder)).isEqualTo(2);
    assertThat(err.toString()).contains("holds 3200 training images; more than 5000 are needed");
  }

  @Test
  void saysWhichNetworksThereAre() {
    assertThat(run("--network", "vgg")).isEqualTo(2);
    assertThat(err.toString()).contains("vgg", "LENET", "RESNET20");
  }
}
