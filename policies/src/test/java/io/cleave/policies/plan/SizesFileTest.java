package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizesFileTest {
  private static final String SHA = "ab".repeat(32);

  @TempDir private Path folder;

  private static DnnGraph graph() {
    return RandomProblems.chain(1, 5).graph();
  }

  private DnnGraph measured(DnnGraph graph, String content) throws IOException {
    Path model = folder.resolve("x.onnx");
    Files.writeString(SizesFile.beside(model), content);
    return SizesFile.measured(graph, model, SHA);
  }

  @Test
  void aNetworkWithoutAFileIsAsItIs() throws IOException {
    DnnGraph graph = graph();
    assertThat(SizesFile.measured(graph, folder.resolve("x.onnx"), SHA)).isSameAs(graph);
    assertThat(SizesFile.beside(folder.resolve("x.onnx"))).hasFileName("x.codecs.csv");
  }

  @Test
  void whatWasMeasuredIsCountedWith() throws IOException {
    DnnGraph graph = graph();
    Tensor tensor = graph.tensor(0);
    String name = tensor.name();
    byte[] file =
        SizesFile.content(
            SHA, Map.of(name, Map.of(Codec.INT4_ZEROS, new Tensor.Measured(0.03125, 0.02))));
    Tensor known = measured(graph, new String(file, StandardCharsets.UTF_8)).tensor(0);
    assertThat(Codec.INT4_ZEROS.bits(known)).isCloseTo(tensor.size().bits() / 32.0, within(1e-9));
    // The time is that of the values, however few bytes they become.
    assertThat(Codec.INT4_ZEROS.seconds(known)).isEqualTo(Codec.INT4_ZEROS.seconds(tensor));
    assertThat(Codec.INT4_ZEROS.lost(known)).isEqualTo(0.02);
    // Of others nothing was measured.
    assertThat(Codec.INT8_LZ4.lost(known)).isZero();
    assertThat(Codec.INT8_LZ4.bits(known)).isEqualTo(Codec.INT8_LZ4.bits(tensor));
  }

  @Test
  void thePriceIsThatOfTheBytesMeasured() throws IOException {
    Observation seen = RandomProblems.chain(1, 5);
    DnnGraph graph = seen.graph();
    LayerSet near = LayerSet.range(0, 1);
    Tensor crossing = graph.tensor(graph.cut(near).tensors().get(0));
    String file =
        "cleave-codecs-2,%s\ntensor,codec,wire_factor,lost_share\n\"%s\",INT4_ZEROS,0.05,0.01\n"
            .formatted(SHA, crossing.name());
    Observation known =
        new Observation(
            measured(graph, file), seen.device(), seen.power(), seen.servers(), seen.demand());
    Plan plan = Plan.split(graph, near, 1).with(Codec.INT4_ZEROS);
    assertThat(CostModel.entry(plan, known).uplinkBits())
        .isCloseTo(0.05 * crossing.size().bits(), within(1e-6));
    assertThat(CostModel.entry(plan, seen).uplinkBits())
        .isCloseTo(Codec.INT4_ZEROS.sizeFactor() * crossing.size().bits(), within(1e-6));
    assertThat(CostModel.estimate(plan, known).way().codec())
        .isCloseTo(CostModel.estimate(plan, seen).way().codec(), within(1e-12));
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    byte[] file =
        SizesFile.content(
            SHA, Map.of("a,\"b\",c", Map.of(Codec.FP32_LZ4, new Tensor.Measured(0.5, 0))));
    assertThat(measured(graph(), new String(file, StandardCharsets.UTF_8)).tensor(0).measured())
        .isEmpty(); // read, and of none of these
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cleave-codecs-2,other\ntensor,codec,wire_factor,lost_share\n",
        "cleave-codecs-2,SHA\ntensor,codec\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\nx,FP32,1,0\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\n\"x\",FP32\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\n\"x\",FP32,0,0\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\n\"x\",FP32,NaN,0\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\n\"x\",FP32,many,0\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\n\"x\",FP32,1\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\n\"x\",FP32,1,2\n",
        "cleave-codecs-2,SHA\ntensor,codec,wire_factor,lost_share\n\"x\",FP32,1,none\n",
      })
  void refusesWhatIsNoSuchFile(String content) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> measured(graph(), content.replace("SHA", SHA)))
        .withMessageContaining("x.codecs.csv");
  }
}
