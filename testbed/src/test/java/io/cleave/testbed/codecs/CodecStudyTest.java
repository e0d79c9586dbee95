package io.cleave.testbed.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.testbed.UserError;
import io.cleave.transport.frames.Brightness;
import io.cleave.transport.frames.ImageFolder;
import io.cleave.transport.frames.ImageTensor;
import io.cleave.transport.frames.SeededFrames;
import io.cleave.transport.tensor.CodecForm;
import io.cleave.transport.tensor.TensorChunks;
import io.cleave.transport.tensor.TensorValue;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecStudyTest {
  private static final Path MODEL = Path.of("models", "lenet-exits.onnx");
  private static final OnnxSlicer SMALL = Zoo.SMALL_RESIDUAL.slicer(1, Map.of());
  private static final int EDGE = 28; // of images

  @TempDir private Path folder;

  @Test
  void tellsBytesAndAnswersOfEachCodec() throws IOException {
    OnnxSlicer slicer = OnnxSlicer.read(MODEL, Map.of());
    List<Tensor> cuts = CodecStudy.cuts(slicer.graph());
    assertThat(cuts.stream().map(Tensor::name))
        .containsExactly("input", "relu1", "pool1", "relu3", "pool3", "relu4", "flatten2", "relu5");
    LabelledImages images = IdxFiles.read(Path.of("images", "fashion-mnist"), "t10k").range(0, 20);
    List<Integer> done = new ArrayList<>();
    CodecStudy.Result result = CodecStudy.of(slicer, Shown.of(slicer.graph(), images), done::add);
    assertThat(result.frames()).isEqualTo(20);
    assertThat(done).hasSize(20).endsWith(20);
    List<CodecStudy.Row> rows = rows(result, "relu1");
    assertThat(rows.stream().map(CodecStudy.Row::codec)).containsExactly(Codec.values());
    double plain = rows.get(0).right();
    assertThat(plain).isGreaterThan(0.7).isLessThanOrEqualTo(1);
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

  private static List<CodecStudy.Row> rows(CodecStudy.Result result, String cut) {
    return result.rows().stream().filter(row -> row.tensor().equals(cut)).toList();
  }

  /** A device runs all that leads to the cut as one slice, and sends what that makes. */
  @Test
  void countsTheBytesThatAnAgentSends() throws OrtException {
    DnnGraph graph = SMALL.graph();
    long seed = 7;
    CodecStudy.Result result = CodecStudy.of(SMALL, Shown.seeded(graph, seed, 2), done -> {});
    SeededFrames frames = new SeededFrames(graph, seed);
    for (Tensor cut : CodecStudy.cuts(graph)) {
      try (Half near = Half.of(SMALL, "input", cut.name())) {
        for (CodecStudy.Row row : rows(result, cut.name())) {
          long sent = 0;
          for (int frame = 0; frame < 2; frame++) {
            TensorValue crossing = near.run(frames.apply(frame).get(0));
            TensorChunks chunks =
                new TensorChunks(List.of(CodecForm.of(row.codec()).encoded(crossing)));
            while (chunks.hasNext()) {
              sent += chunks.next(1_000).size();
            }
          }
          // The engine rounds last bits otherwise in one run than in pieces, which LZ4 sees.
          assertThat(row.wireBytes())
              .as("%s", row)
              .isCloseTo(sent / 2.0, within(row.bytes() * 1e-3));
          assertThat(row.right()).as("nobody judges").isEqualTo(1);
          assertThat(row.changed()).as("nobody judges").isZero();
        }
      }
    }
  }

  /** Answers of whole halves to what each codec leaves of the crossing tensor. */
  @Test
  void countsAnswersThatAreNoLongerTheSameWhereNobodyLabelled() throws IOException, OrtException {
    OnnxSlicer slicer = OnnxSlicer.read(MODEL, Map.of());
    int images = 60;
    unsure(images);
    Files.writeString(folder.resolve("02.txt"), "not an image"); // among the others by name
    ImageFolder files = new ImageFolder(folder, new ImageTensor(slicer.graph(), Brightness.SIGNED));
    List<String> bad = new ArrayList<>();
    Shown shown =
        Shown.of(files, images, Judge.SAME_ANSWER, (file, why) -> bad.add(file + ": " + why));
    CodecStudy.Result result = CodecStudy.of(slicer, shown, done -> {});
    assertThat(result.frames()).isEqualTo(images);
    assertThat(bad).singleElement().asString().contains("02.txt: This is no JPEG");
    assertThat(result.rows())
        .allSatisfy(row -> assertThat(row.right()).isCloseTo(1 - row.changed(), within(1e-12)))
        .as("some codec changes some answer")
        .anySatisfy(row -> assertThat(row.changed()).isPositive());
    for (String cut : List.of("input", "pool1", "relu5")) {
      for (CodecStudy.Row row : rows(result, cut)) {
        assertThat(row.changed()).as("%s", row).isEqualTo(changed(slicer, row, files) / images);
      }
    }
  }

  private static double changed(OnnxSlicer slicer, CodecStudy.Row row, ImageFolder files)
      throws OrtException {
    DnnGraph graph = slicer.graph();
    int last = graph.outputs().get(graph.outputs().size() - 1);
    double changed = 0;
    try (Half near = Half.of(slicer, "input", row.tensor());
        Half far = Half.of(slicer, row.tensor(), graph.tensor(last).name())) {
      for (int file = 0; file < files.count(); file++) {
        if (!files.file(file).endsWith("02.txt")) {
          TensorValue crossing = near.run(files.read(file));
          TensorValue received = Received.of(CodecForm.of(row.codec()).encoded(crossing));
          changed += far.best(received) == far.best(crossing) ? 0 : 1;
        }
      }
    }
    return changed;
  }

  /** Each of two pieces of clothing laid over each other, so that little makes another answer. */
  private void unsure(int count) throws IOException {
    LabelledImages images = IdxFiles.read(Path.of("images", "fashion-mnist"), "t10k");
    for (int file = 0; file < count; file++) {
      BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_BYTE_GRAY);
      for (int at = 0; at < EDGE * EDGE; at++) {
        int one = images.pixel(file, at / EDGE, at % EDGE);
        int other = images.pixel(file + count, at / EDGE, at % EDGE);
        image.getRaster().setSample(at % EDGE, at / EDGE, 0, (one + other) / 2);
      }
      ImageIO.write(image, "png", folder.resolve("%02d.png".formatted(file)).toFile());
    }
  }

  @Test
  void saysThatAFolderHoldsNoImage() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "not an image");
    ImageFolder files = new ImageFolder(folder, new ImageTensor(SMALL.graph(), Brightness.UNIT));
    Shown shown = Shown.of(files, 1, Judge.NOBODY, (file, why) -> {});
    assertThatThrownBy(() -> CodecStudy.of(SMALL, shown, done -> {}))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no file of the folder is an image");
  }
}
