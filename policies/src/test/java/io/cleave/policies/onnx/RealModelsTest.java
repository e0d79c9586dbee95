package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reads and slices networks that others trained and exported, from packages that are installed
 * beside the project: CLEAVE_REAL_MODELS names the folder.
 */
final class RealModelsTest {
  /** File, size, and what is in it: convolutions, transposed ones too. */
  @ParameterizedTest
  @CsvSource({
    "ch_PP-OCRv4_det_infer.onnx, 1x3x320x320, 64",
    "ch_PP-OCRv4_rec_infer.onnx, 1x3x48x320, 38",
    "ch_ppocr_mobile_v2.0_cls_infer.onnx, 1x3x48x192, 53",
    "model.onnx, 1x1x224x224, 50"
  })
  void readsAndSlices(String fileName, String shape, int convolutions) throws IOException {
    Path file = find(fileName);
    ModelProto whole = OnnxFile.read(file);
    Map<String, TensorShape> sizes = Map.of("x", TensorShape.parse(shape));
    OnnxSlicer slicer = OnnxSlicer.of(fileName, whole, sizes);
    DnnGraph graph = slicer.graph();
    Tensor in = graph.tensor(0);
    Map<String, Floats> input = Map.of(in.name(), Floats.random(1, in.shape().dims()));
    Map<String, Floats> told = Engine.run(Engine.tellingAll(whole, graph), input);
    for (Tensor tensor : graph.tensors()) {
      if (tensor.producer() > 0) {
        assertThat(Engine.pick(told, tensor.name()).dims())
            .as(tensor.name())
            .isEqualTo(tensor.shape().dims());
      }
    }
    assertThat(graph.layers())
        .filteredOn(layer -> layer.operator().startsWith("Conv"))
        .hasSize(convolutions);
    List<Integer> positions = LegalCuts.positions(graph);
    assertThat(positions).hasSizeGreaterThan(9);
    Map<String, Floats> expected = Engine.run(whole, input);
    String answer = graph.tensor(graph.outputs().get(0)).name();
    for (int i = 1; i < 8; i += 2) {
      // Spread over the network: at single tensors and, between those, at several.
      int position = positions.get(i * (positions.size() - 1) / 8);
      for (int last : new int[] {position, i * graph.size() / 8}) {
        Map<String, Floats> split = Engine.runInTwo(slicer, LayerSet.range(0, last + 1), input);
        assertThat(Engine.pick(expected, answer).relativeDifference(Engine.pick(split, answer)))
            .as("cut behind %s", graph.layer(last).name())
            .isLessThanOrEqualTo(1e-4);
      }
    }
  }

  private static Path find(String fileName) throws IOException {
    Optional<Path> folder = Optional.ofNullable(System.getenv("CLEAVE_REAL_MODELS")).map(Path::of);
    need(
        folder.isPresent() && Files.isDirectory(folder.get()),
        "SKIPPED: CLEAVE_REAL_MODELS names no folder with real ONNX files. See docs/models.md.");
    try (Stream<Path> files = Files.walk(folder.get())) {
      Optional<Path> file = files.filter(path -> path.endsWith(fileName)).findFirst();
      need(file.isPresent(), "SKIPPED: no %s in CLEAVE_REAL_MODELS.".formatted(fileName));
      return file.get();
    }
  }

  private static void need(boolean present, String reason) {
    if (!present) {
      System.err.println(reason);
    }
    assumeTrue(present, reason);
  }
}
