package io.cleave.testbed.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.CsvFile;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayersFileTest {
  private static final TrainedNetwork LENET =
      TrainedNetwork.read(Path.of("models", "lenet-exits.onnx"));

  @TempDir private Path folder = Path.of("");

  /** Which filters went does not matter to work and sizes. */
  @Test
  void tellsTheGraphOfEachSeed() {
    BitSet some = new BitSet();
    some.set(1, 9, true);
    TrainedNetwork pruned = LENET.without(Map.of("conv1", some));
    Path file = folder.resolve("layers.csv");
    CsvFile.write(
        file,
        csv ->
            LayersFile.write(
                csv,
                List.of(
                    new PrunedSeed(1, LENET, pruned, List.of()),
                    new PrunedSeed(2, LENET, LENET, List.of()))));
    List<DnnGraph> graphs = LayersFile.graphs(file, LENET);
    assertThat(graphs).hasSize(2);
    assertThat(graphs.get(0).parameters()).isEqualTo(pruned.graph().parameters());
    assertThat(graphs.get(0).tensors()).isEqualTo(pruned.graph().tensors());
    assertThat(graphs.get(1).multiplyAccumulates()).isEqualTo(LENET.graph().multiplyAccumulates());
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                LayersFile.graphs(
                    file, TrainedNetwork.read(Path.of("models", "resnet20-exits.onnx"))))
        .withMessageContaining("Maybe it is another network's");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> LayersFile.graphs(folder.resolve("none.csv"), LENET))
        .withMessageContaining("cannot be read. Make it: ./cleave train pruned");
  }
}
