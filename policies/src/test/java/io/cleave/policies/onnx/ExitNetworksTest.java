package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cleave.policies.graph.DnnGraph;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitNetworksTest {
  @ParameterizedTest
  @CsvSource({"LENET_EXITS,2", "ALEXNET_EXITS,5", "RESNET20_EXITS,10"})
  void answerAtEachExit(Zoo zoo, int exits) {
    Architecture architecture = zoo.architecture();
    assertThat(architecture.image()).isEqualTo(List.of(1L, 28L, 28L));
    assertThat(architecture.classes()).isEqualTo(10);
    assertThat(architecture.outputs()).hasSize(exits).startsWith("exit1").endsWith("exit" + exits);
    DnnGraph graph = zoo.graph();
    assertThat(graph.outputs()).hasSize(exits);
    assertThat(architecture.weights()).isNotEmpty();
  }

  @Test
  void isWrittenWithTheWeightsThatItIsGiven(@TempDir Path folder) throws IOException {
    Architecture architecture = Zoo.SMALL_EXITS.architecture();
    Map<String, float[]> weights = new LinkedHashMap<>();
    architecture
        .weights()
        .forEach(
            (name, dims) ->
                weights.put(name, new float[(int) ViewRules.product(dims, 0, dims.size())]));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    architecture.write(weights, out);
    Path file = folder.resolve("small.onnx");
    Files.copy(new ByteArrayInputStream(out.toByteArray()), file);
    assertThat(OnnxGraph.read(file).layers()).hasSameSizeAs(Zoo.SMALL_EXITS.graph().layers());
  }

  @Test
  void refusesWeightsThatAreMissingOrOfAnotherSize() {
    Architecture architecture = Zoo.SMALL_EXITS.architecture();
    String first = architecture.weights().keySet().iterator().next();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> architecture.write(Map.of(), OutputStream.nullOutputStream()))
        .withMessageContaining("'" + first + "' takes 72 values, not none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> architecture.write(Map.of(first, new float[5]), OutputStream.nullOutputStream()))
        .withMessageContaining("not 5");
  }
}
