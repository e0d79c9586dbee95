package io.cleave.controller.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.SizesFile;
import io.cleave.policies.wire.ModelReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
  private static final long LARGEST = 1 << 24;

  @TempDir private Path models = Path.of("");

  private static byte[] sizes(String sha256, double factor) {
    return SizesFile.content(
        sha256, Map.of("input", Map.of(Codec.FP32_LZ4, new Tensor.Measured(factor, 0))));
  }

  private static double factor(DnnGraph graph) {
    return Codec.FP32_LZ4.bits(graph.tensor(0)) / graph.tensor(0).size().bits();
  }

  /**
   * Plans count with what codecs make of tensors; when that is replaced, with what it says then.
   */
  @Test
  void knowsWhatCodecsMakeOfTensors() throws IOException {
    ModelFolder folder = new ModelFolder(models, LARGEST);
    Networks networks = new Networks(folder);
    byte[] model = Zoo.SMALL_EXITS.model(3).toByteArray();
    String sha256 = folder.add(new ByteArrayInputStream(model), Optional.empty());
    ModelReference reference = new ModelReference("mine.onnx", sha256, Map.of());
    assertThat(factor(networks.of(reference))).isEqualTo(Codec.FP32_LZ4.sizeFactor());

    folder.addSizes(new ByteArrayInputStream(sizes(sha256, 0.25)), sha256);
    assertThat(factor(networks.of(reference))).isEqualTo(0.25);
    assertThat(networks.of(reference)).isSameAs(networks.of(reference));

    folder.addSizes(new ByteArrayInputStream(sizes(sha256, 0.125)), sha256);
    Path beside = SizesFile.beside(models.resolve(sha256 + ".onnx"));
    Files.setLastModifiedTime(beside, FileTime.fromMillis(folder.sizesChanged(sha256) + 1));
    assertThat(factor(networks.of(reference))).isEqualTo(0.125);
  }

  @Test
  void refusesSizesOfAnotherModel() throws IOException {
    ModelFolder folder = new ModelFolder(models, LARGEST);
    byte[] model = Zoo.SMALL_EXITS.model(3).toByteArray();
    String sha256 = folder.add(new ByteArrayInputStream(model), Optional.empty());
    byte[] others = sizes("0".repeat(64), 0.5);
    assertThatThrownBy(() -> folder.addSizes(new ByteArrayInputStream(others), sha256))
        .isInstanceOf(UploadRefused.class)
        .hasMessageStartingWith("The content must begin with cleave-codecs-2," + sha256);
    byte[] noise = "noise".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> folder.addSizes(new ByteArrayInputStream(noise), sha256))
        .isInstanceOf(UploadRefused.class);
    assertThatThrownBy(() -> folder.addSizes(new ByteArrayInputStream(noise), "x"))
        .hasMessageContaining("64 hexadecimal digits");
    Files.write(SizesFile.beside(models.resolve(sha256 + ".onnx")), others); // by hand
    ModelReference reference = new ModelReference("mine.onnx", sha256, Map.of());
    assertThatThrownBy(() -> new Networks(folder).of(reference))
        .isInstanceOf(UnknownModel.class)
        .hasMessageContaining("for this model");
  }
}
