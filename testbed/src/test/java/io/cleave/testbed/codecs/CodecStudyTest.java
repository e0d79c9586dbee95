package io.cleave.testbed.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.plan.Codec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecStudyTest {
  private static final Path MODEL = Path.of("models", "lenet-exits.onnx");

  @Test
  void tellsBytesAndAnswersOfEachCodec() throws IOException {
    OnnxSlicer slicer = OnnxSlicer.read(MODEL, Map.of());
    List<Tensor> cuts = CodecStudy.cuts(slicer.graph());
    assertThat(cuts.stream().map(Tensor::name))
        .containsExactly("input", "relu1", "pool1", "relu3", "pool3", "relu4", "flatten2", "relu5");
    LabelledImages images = IdxFiles.read(Path.of("images", "fashion-mnist"), "t10k").range(0, 20);
    List<CodecStudy.Row> rows = CodecStudy.of(slicer, cuts.get(1), images);
    assertThat(rows.stream().map(CodecStudy.Row::codec)).containsExactly(Codec.values());
    double plain = rows.get(0).right();
    for (CodecStudy.Row row : rows) {
      assertThat(row.bytes()).isEqualTo(50_176);
      assertThat(row.right()).isCloseTo(plain, within(row.changed() + 1e-9));
      switch (row.codec()) {
        case FP32, FP16, INT8, INT4 -> assertThat(row.factor()).isEqualTo(row.codec().sizeFactor());
        case INT8_CHANNEL -> assertThat(row.wireBytes()).isEqualTo(50_176 / 4.0 + 5 * 16);
        case JPEG -> assertThat(row.factor()).isEqualTo(1); // what crosses there is no picture
        case FP32_LZ4 -> assertThat(row.changed()).isZero();
        default -> assertThat(row.factor()).isLessThan(row.codec().sizeFactor() * 1.5);
      }
    }
  }
}
