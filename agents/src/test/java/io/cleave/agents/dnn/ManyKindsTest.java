package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crosses a cut is a set of tensors of any kind. */
final class ManyKindsTest {
  @TempDir Path folder;
  private final SliceLibrary library = new SliceLibrary(SliceLimits.USUAL);

  @AfterEach
  void close() {
    library.close();
  }

  private Model open(Path file) {
    return new ModelStore(folder.resolve("store")).open(file.toString(), Map.of());
  }

  @Test
  void aSkipConnectionMakesTwoTensors() {
    DnnGraph graph = open(HandMade.skip(folder)).graph();
    // Layers: 0 input, 1 conv1, 2 relu, 3 conv2, 4 add.
    assertThat(Frontier.of(graph, LayerSet.range(0, 4)).outputs())
        .extracting(Tensor::name)
        .containsExactlyInAnyOrder("c2", "y");
    assertThat(Frontier.of(graph, LayerSet.of(4)).inputs())
        .extracting(Tensor::name)
        .containsExactlyInAnyOrder("c2", "y");
    assertThat(Frontier.of(graph, LayerSet.of(0))).isEqualTo(new Frontier(List.of(), List.of()));
  }

  @Test
  void namesTheMissingHalfOfASkipConnection() {
    Model model = open(HandMade.skip(folder));
    TensorValue y = Floats.noise("y", List.of(1L, 4L, 6L, 6L), 1);
    assertThatThrownBy(() -> library.run(model, LayerSet.of(4), List.of(y)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs the tensor 'c2', which is not among [y]");
  }

  @Test
  void truthAndWholeNumbersCrossToo() {
    Model model = open(HandMade.questions(folder));
    DnnGraph graph = model.graph();
    Stages stages = new Stages(library, model);
    List<TensorValue> input = List.of(Floats.noise(graph.tensor(0), 4));
    List<TensorValue> whole = stages.whole(input);
    Set<ElementKind> crossed = EnumSet.noneOf(ElementKind.class);
    LegalCuts.forEach(
        graph,
        near -> {
          LayerSet far = graph.all().minus(near);
          Frontier.of(graph, far).inputs().forEach(t -> crossed.add(Tensors.kind(t)));
          assertThat(stages.run(List.of(near, far), input)).isEqualTo(whole);
        });
    assertThat(crossed).containsExactlyInAnyOrder(ElementKind.values());
  }

  @Test
  void contentMayLieAnywhereInItsBuffer() {
    Model model = open(HandMade.skip(folder));
    TensorValue input = Floats.noise(model.graph().tensor(0), 9);
    List<TensorValue> expected = library.run(model, model.graph().all(), List.of(input));
    int bytes = input.byteCount();
    for (ByteBuffer room :
        List.of(
            ByteBuffer.allocate(bytes),
            ByteBuffer.allocate(bytes + 7),
            ByteBuffer.allocateDirect(bytes + 3),
            ByteBuffer.allocateDirect(bytes + 64))) {
      room.position(room.capacity() - bytes).put(input.data()).position(room.capacity() - bytes);
      TensorValue moved = new TensorValue(input.name(), input.kind(), input.shape(), room);
      assertThat(library.run(model, model.graph().all(), List.of(moved))).isEqualTo(expected);
    }
  }
}
