package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EightBitModelTest {
  private static Map<String, ValueRange> ranges(ModelProto model, Map<String, Floats> input) {
    Map<String, ValueRange> ranges = new HashMap<>();
    Map<String, Floats> all =
        new HashMap<>(Engine.run(Engine.tellingAll(model, OnnxGraph.of("seen", model)), input));
    all.putAll(input);
    all.forEach(
        (name, floats) -> {
          double low = 0;
          double high = 0;
          for (float value : floats.content()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
          ranges.put(name, new ValueRange(low, high));
        });
    return ranges;
  }

  /**
   * Errors of half a step each add up over the layers; a wrong scale or order is off by far more.
   */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void answersNearlyWhatFloatsAnswer(long seed) {
    ModelProto model = RandomConvolutions.of(seed);
    Map<String, Floats> image = Map.of("x", Floats.random(seed, List.of(2L, 3L, 12L, 12L)));
    Map<String, Floats> whole = Engine.run(model, image);
    Map<String, Floats> eight = Engine.run(EightBitModel.of(model, ranges(model, image)), image);
    assertThat(eight.keySet()).isEqualTo(whole.keySet());
    whole.forEach(
        (name, floats) ->
            assertThat(floats.relativeDifference(Engine.pick(eight, name)))
                .as("seed %d, %s", seed, name)
                .isLessThan(0.2));
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET_EXITS", "ALEXNET_EXITS", "SMALL_CHAIN", "SMALL_RESIDUAL"})
  void takesAQuarterOfTheRoom(Zoo zoo) {
    ModelProto model = zoo.model(1);
    List<Long> sizes = new ArrayList<>(zoo.architecture().image());
    sizes.add(0, 1L);
    Map<String, Floats> image = Map.of("input", Floats.random(1, sizes));
    ModelProto eight = EightBitModel.of(model, ranges(model, image));
    if (model.getSerializedSize() > 1_000_000) {
      assertThat((double) eight.getSerializedSize() / model.getSerializedSize())
          .isBetween(0.25, 0.28);
    }
    Floats whole = Engine.run(model, image).values().iterator().next();
    Floats other = Engine.run(eight, image).values().iterator().next();
    assertThat(whole.relativeDifference(other)).isLessThan(0.1);
  }

  /** Where no pair belongs, none stands: between a convolution and its rectifier. */
  @Test
  void keepsConvolutionAndRectifierTogether() {
    ModelProto model = Zoo.SMALL_CHAIN.model(1);
    List<Long> sizes = new ArrayList<>(Zoo.SMALL_CHAIN.architecture().image());
    sizes.add(0, 1L);
    ModelProto eight =
        EightBitModel.of(model, ranges(model, Map.of("input", Floats.random(1, sizes))));
    Set<String> rectified =
        eight.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Relu"))
            .map(node -> node.getInput(0))
            .collect(Collectors.toSet());
    assertThat(rectified).isNotEmpty();
    for (NodeProto node : eight.getGraph().getNodeList()) {
      if (node.getOpType().equals("QuantizeLinear")) {
        assertThat(rectified).doesNotContain(node.getOutput(0), node.getInput(0));
      }
    }
  }

  @Test
  void carriesItsNotesThroughTheFile() throws IOException {
    ModelProto model = Zoo.SMALL_CHAIN.model(1);
    OnnxSlicer plain = OnnxSlicer.of("small", model, Map.of());
    DnnGraph graph = plain.graph();
    EightBits known = new EightBits(0.5, 1234, -0.001);
    String cut = graph.tensor(2).name();
    Map<String, ValueRange> ranges = new HashMap<>();
    graph.tensors().forEach(tensor -> ranges.put(tensor.name(), new ValueRange(-1.5, 2.25)));
    byte[] noted = plain.noted(new EightBitNotes(ranges, Map.of(cut, known)));
    OnnxSlicer read = OnnxSlicer.of("small", noted);
    assertThat(read.graph().tensor(2).eightBits()).contains(known);
    LayerSet near = graph.leadingTo(2);
    assertThat(read.graph().eightBits(near)).contains(known);
    assertThat(read.graph().eightBits(graph.all())).isEmpty();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    read.writeEightBits(near, out);
    assertThat(out.toByteArray()).isEqualTo(plain.bytes(near, ranges));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> plain.writeEightBits(near, out))
        .withMessageContaining("./cleave model quantised");
  }

  @Test
  void refusesNotesThatMeanNothing() {
    ModelProto model = Zoo.SMALL_CHAIN.model(1);
    OnnxSlicer plain = OnnxSlicer.of("small", model, Map.of());
    byte[] noted = plain.noted(new EightBitNotes(Map.of("x", new ValueRange(0, 1)), Map.of()));
    String text = new String(noted, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] wrong =
        text.replace("range\tx\t0.0", "range\tx\ty.0")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> OnnxSlicer.of("small", wrong))
        .withMessageContaining("y.0");
  }

  @Test
  void refusesModelsThatAreTooOld() {
    ModelProto old =
        Zoo.SMALL_CHAIN.model(1).toBuilder()
            .clearOpsetImport()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(11))
            .build();
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> EightBitModel.of(old, Map.of()))
        .withMessageContaining("opset 13 at least, not 11");
  }
}
