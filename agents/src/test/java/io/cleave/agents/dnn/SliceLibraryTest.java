package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.onnx.Zoo;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SliceLibraryTest {
  @TempDir Path folder;
  private ModelStore store;
  private SliceLibrary library;

  @BeforeEach
  void open() {
    store = new ModelStore(folder);
    library = new SliceLibrary(SliceLimits.USUAL);
  }

  @AfterEach
  void close() {
    library.close();
  }

  static Stream<Zoo> smallNetworks() {
    return Stream.of(Zoo.values()).filter(Zoo::small);
  }

  @ParameterizedTest
  @MethodSource("smallNetworks")
  void everyCutComputesWhatTheWholeComputes(Zoo zoo) {
    Model model = store.open("zoo:" + zoo.id(), Map.of());
    Stages stages = new Stages(library, model);
    DnnGraph graph = model.graph();
    List<TensorValue> input = List.of(Floats.noise(graph.tensor(0), 3));
    List<TensorValue> whole = stages.whole(input);
    LegalCuts.forEach(
        graph,
        near -> {
          List<TensorValue> split = stages.run(List.of(near, graph.all().minus(near)), input);
          for (int i = 0; i < whole.size(); i++) {
            assertThat(Floats.relativeDifference(whole.get(i), split.get(i)))
                .as("%s of %s cut behind %s", whole.get(i).name(), zoo.id(), near)
                .isLessThanOrEqualTo(1e-5);
          }
        });
  }

  @Test
  void runsNothingForTheInputAlone() {
    Model model = store.open("zoo:small-chain", Map.of());
    LayerSet input = LayerSet.of(0);
    assertThat(library.ready(model, input)).isTrue();
    library.prepare(model, input);
    assertThat(library.run(model, input, List.of())).isEmpty();
  }

  @Test
  void isReadyOnceItIsPrepared() {
    Model model = store.open("zoo:small-chain", Map.of());
    assertThat(library.ready(model, LayerSet.range(0, 3))).isFalse();
    library.prepare(model, LayerSet.range(0, 3));
    assertThat(library.ready(model, LayerSet.range(0, 3))).isTrue();
    // The input is no work: it makes no difference.
    assertThat(library.ready(model, LayerSet.range(1, 3))).isTrue();
    assertThat(library.ready(model, LayerSet.range(1, 4))).isFalse();
  }

  @Test
  void namesWhatIsMissingAndWhatIsNotWanted() {
    Model model = store.open("zoo:small-residual", Map.of());
    LayerSet all = model.graph().all();
    TensorValue input = Floats.noise(model.graph().tensor(0), 1);
    TensorValue other = new TensorValue("other", input.kind(), input.shape(), input.data());
    assertThatThrownBy(() -> library.run(model, all, List.of(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs the tensor 'input', which is not among [other]");
    assertThatThrownBy(() -> library.run(model, all, List.of(input, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes [input], each once, not [input, other]");
    assertThatThrownBy(() -> library.run(model, all, List.of(input, input)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each once");
  }

  @Test
  void refusesATensorThatDoesNotFit() {
    Model model = store.open("zoo:small-chain", Map.of());
    TensorValue narrow = Floats.noise("input", List.of(1L, 3L, 16L, 15L), 1);
    TensorValue bytes =
        new TensorValue(
            "input", ElementKind.UINT8, List.of(1L, 3L, 16L, 16L), ByteBuffer.allocate(768));
    TensorValue none = Floats.noise("input", List.of(0L, 3L, 16L, 16L), 1);
    for (TensorValue wrong : List.of(narrow, bytes, none)) {
      assertThatThrownBy(() -> library.run(model, model.graph().all(), List.of(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("as FLOAT32 of 1x3x16x16");
    }
  }
}
