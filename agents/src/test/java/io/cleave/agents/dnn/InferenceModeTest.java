package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.Zoo;
import io.cleave.transport.tensor.TensorValue;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sample's answers depend neither on its batch neighbours nor on chance, wherever it is cut. */
final class InferenceModeTest {
  private static final int BATCH = 8;

  @TempDir Path folder;
  private final SliceLibrary library = new SliceLibrary(SliceLimits.USUAL);

  @AfterEach
  void close() {
    library.close();
  }

  static Stream<String> smallNetworks() {
    return Stream.of(Zoo.values()).filter(Zoo::small).map(zoo -> "zoo:" + zoo.id());
  }

  @ParameterizedTest
  @MethodSource("smallNetworks")
  void aSamplesAnswersAndExitDoNotDependOnItsNeighbours(String source) {
    checkEveryCut(new ModelStore(folder).open(source, Map.of()), BATCH);
  }

  @Test
  void normalisationTakesItsStatisticsFromTheModelAndNotFromTheBatch() {
    String file = HandMade.normalised(folder, 0).toString();
    checkEveryCut(new ModelStore(folder.resolve("store")).open(file, Map.of()), 32);
  }

  private void checkEveryCut(Model model, int batch) {
    DnnGraph graph = model.graph();
    Stages stages = new Stages(library, model);
    List<Long> shape = new ArrayList<>(graph.tensor(0).shape().dims());
    shape.set(0, (long) batch);
    TensorValue all = Floats.noise(graph.tensor(0).name(), shape, 5);
    TensorValue one = Floats.sample(all, batch - 2);
    List<TensorValue> alone = stages.whole(List.of(one));
    LegalCuts.forEach(
        graph,
        near -> {
          List<LayerSet> cut = List.of(near, graph.all().minus(near));
          List<TensorValue> inBatch = stages.run(cut, List.of(all));
          List<TensorValue> split = stages.run(cut, List.of(one));
          for (int i = 0; i < alone.size(); i++) {
            TensorValue mine = Floats.sample(inBatch.get(i), batch - 2);
            for (TensorValue answer : List.of(mine, split.get(i))) {
              assertThat(Floats.difference(alone.get(i), answer))
                  .as("%s cut behind %s", graph.name(), near)
                  .isLessThanOrEqualTo(1e-5);
              assertThat(largest(answer)).isEqualTo(largest(alone.get(i)));
            }
          }
        });
  }

  /** The class that an exit would answer. */
  private static int largest(TensorValue logits) {
    FloatBuffer floats = logits.data().asFloatBuffer();
    int largest = 0;
    for (int i = 1; i < floats.limit(); i++) {
      largest = floats.get(i) > floats.get(largest) ? i : largest;
    }
    return largest;
  }

  @Test
  void refusesAModelInTrainingMode() {
    ModelStore store = new ModelStore(folder.resolve("store"));
    assertThatThrownBy(() -> store.open(HandMade.normalised(folder, 1).toString(), Map.of()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("training mode")
        .hasMessageContaining("'n'");
    assertThatThrownBy(() -> store.open(HandMade.dropping(folder).toString(), Map.of()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("training mode")
        .hasMessageContaining("'z'");
  }
}
