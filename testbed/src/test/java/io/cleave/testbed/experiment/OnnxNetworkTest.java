package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxFile;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.SizesFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxNetworkTest {
  @TempDir private Path folder;

  /** One weight lies in a file beside the model, as exporters do it with large ones. */
  private Path scattered() throws IOException {
    ModelProto.Builder model = Zoo.SMALL_CHAIN.model(1).toBuilder();
    TensorProto weight = model.getGraph().getInitializer(0);
    assertThat(weight.hasRawData()).isTrue();
    Files.write(folder.resolve("weights.bin"), weight.getRawData().toByteArray());
    model
        .getGraphBuilder()
        .setInitializer(
            0,
            weight.toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                    StringStringEntryProto.newBuilder()
                        .setKey("location")
                        .setValue("weights.bin")));
    return Files.write(folder.resolve("mine.onnx"), model.build().toByteArray());
  }

  @Test
  void knowsAModelWithWeightsBesideItByTheHashThatAgentsKnowItBy() throws IOException {
    Path file = scattered();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    OnnxFile.writeWhole(file, whole);
    String sha256 = Sha256.of(whole.toByteArray());
    assertThat(Sha256.ofModel(file)).isEqualTo(sha256).isNotEqualTo(Sha256.of(file));
    Tensor.Measured measured = new Tensor.Measured(0.1, 0.02);
    Files.write(
        SizesFile.beside(file),
        SizesFile.content(sha256, Map.of("input", Map.of(Codec.INT4, measured))));
    Tensor input = OnnxNetwork.read(file).graph().tensor(0);
    assertThat(input.measured()).isEqualTo(Map.of("INT4", measured));
  }
}
