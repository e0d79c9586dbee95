package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.SizesFile;
import io.cleave.testbed.codecs.CodecStudy;
import io.cleave.testbed.codecs.Shown;
import io.cleave.testbed.experiment.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCodecsCommandTest {
  private static final Path LENET = Path.of("models", "lenet-exits.onnx");

  @TempDir private Path folder = Path.of("");

  private static Spoken codecs(Object... words) {
    List<String> all = new ArrayList<>(List.of("model", "codecs"));
    Stream.of(words).map(Object::toString).forEach(all::add);
    return Spoken.to(all.toArray(String[]::new));
  }

  private static void refuses(String why, Object... words) {
    Spoken spoken = codecs(words);
    assertThat(spoken.isOneLineOfRefusal()).as(spoken.toString()).isTrue();
    assertThat(spoken.err()).contains(why);
  }

  private static Map<String, Map<String, Tensor.Measured>> kept(Path model) throws IOException {
    return SizesFile.read(model, Sha256.of(model));
  }

  private static Tensor.Measured of(
      Map<String, Map<String, Tensor.Measured>> kept, String tensor, Codec codec) {
    return Objects.requireNonNull(kept.getOrDefault(tensor, Map.of()).get(codec.name()));
  }

  private Path lenet() throws IOException {
    return Files.copy(LENET, folder.resolve("mine.onnx"));
  }

  private Path small() throws IOException {
    return written("small.onnx", Zoo.SMALL_CHAIN);
  }

  private Path written(String name, Zoo network) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    network.write(1, Map.of(), content);
    return Files.write(folder.resolve(name), content.toByteArray());
  }

  private Path images(int count) throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
      int number = i;
      IntStream.range(0, 400)
          .forEach(at -> image.setRGB(at % 20, at / 20, 0x010305 * at * (number + 1)));
      ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
    }
    return images;
  }

  /** 5,004 training images: those apart are numbers 4 to 5,003. */
  @Test
  void measuresOnImagesFromWhichNothingLearned() throws IOException {
    FewImages.write(folder, "train", 5_004);
    Path model = lenet();
    Spoken spoken = codecs(model, "--data", folder, "--images", 3);
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out())
        .contains("flatten2, 1x864, 3456 bytes", "right", "Frames: 3, labelled.");
    LabelledImages apart = IdxFiles.read(folder, "train").range(4, 7);
    OnnxSlicer slicer = OnnxSlicer.read(model, Map.of());
    CodecStudy.Result expected = CodecStudy.of(slicer, Shown.of(slicer.graph(), apart), done -> {});
    Map<String, Map<String, Tensor.Measured>> kept = kept(model);
    assertThat(kept).hasSize(8);
    for (CodecStudy.Row row : expected.rows()) {
      Tensor.Measured measured = of(kept, row.tensor(), row.codec());
      assertThat(measured.factor()).isEqualTo(rounded(row.factor()));
      assertThat(measured.lost()).isEqualTo(rounded(expected.rows().get(0).right() - row.right()));
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1e5) / 1e5;
  }

  @Test
  void writesANetworkOfTheZooWithItsTableBesideIt() throws IOException {
    Spoken spoken = codecs("zoo:small-chain", "--seeded", 2, "--out", folder);
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out())
        .contains("relu1, 1x8x16x16, 8192 bytes", "Frames: 2, bytes alone", "Nothing is known")
        .doesNotContain("right", "other answers");
    Path model = folder.resolve("small-chain.onnx");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    Zoo.SMALL_CHAIN.write(1, Map.of(), whole); // as agents build zoo:small-chain
    assertThat(model).hasBinaryContent(whole.toByteArray());
    assertThat(of(kept(model), "input", Codec.INT4).factor()).isEqualTo(0.125);
    assertThat(kept(model).values())
        .allSatisfy(
            codecs ->
                assertThat(codecs)
                    .hasSize(Codec.values().length)
                    .allSatisfy((codec, each) -> assertThat(each.lost()).isZero()));
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).hasSize(2); // nothing half-written
    }
  }

  @Test
  void seedsTellFramesApart() throws IOException {
    Path model = small();
    assertThat(codecs(model, "--seeded", 1).code()).isZero();
    Map<String, Map<String, Tensor.Measured>> one = kept(model);
    assertThat(codecs(model, "--seeded", 1, "--seed", 2).code()).isZero();
    assertThat(kept(model)).isNotEqualTo(one);
    assertThat(codecs(model, "--seeded", 1, "--seed", 1).code()).isZero();
    assertThat(kept(model)).isEqualTo(one);
  }

  @Test
  void showsTheImagesOfAFolder() throws IOException {
    Path model = small();
    Path images = images(3);
    Files.writeString(images.resolve("0.txt"), "not an image");
    Spoken spoken = codecs(model, "--frames", images, "--images", 2);
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.err()).contains("0.txt is passed over: This is no JPEG");
    assertThat(spoken.out()).contains("Frames: 2, which nobody labelled", "other answers");
    assertThat(kept(model).values())
        .allSatisfy(
            codecs ->
                assertThat(codecs)
                    .allSatisfy((codec, each) -> assertThat(each.lost()).isIn(0.0, 0.5, 1.0)));
    Spoken all = codecs(model, "--frames", images);
    assertThat(all.out()).contains("Frames: 3, which nobody labelled");
    Spoken zoo = codecs("zoo:small-chain", "--frames", images, "--out", folder.resolve("zoo"));
    assertThat(zoo.out()).contains("Frames: 3, bytes alone", "Nothing is known");
  }

  @Test
  void judgesNoAnswersWhereTheLastOutputIsNoListOfClasses() throws IOException {
    OnnxSlicer slicer = Zoo.SMALL_CHAIN.slicer(1, Map.of());
    LayerSet features = slicer.graph().leadingTo(5); // relu2, 1x16x8x8
    Path model = Files.write(folder.resolve("features.onnx"), slicer.bytes(features));
    Spoken spoken = codecs(model, "--frames", images(1));
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out()).contains("Frames: 1, bytes alone").doesNotContain("other answers");
    assertThat(kept(model)).containsKey("relu1");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    FewImages.write(folder, "train", 5_002);
    Path model = lenet();
    Path images = images(2);
    refuses("--images must be in 1..5000, not 5001", model, "--data", folder, "--images", 5001);
    refuses("--images must be in 1..5000, not 0", model, "--data", folder, "--images", 0);
    refuses("--images must be in 1..2, not 3", model, "--frames", images, "--images", 3);
    refuses("--seeded must be in 1..2147483647, not 0", model, "--seeded", 0);
    refuses("does not go together", model, "--seeded", 1, "--frames", images);
    refuses("does not go together", model, "--seeded", 1, "--images", 1);
    refuses("There is no folder", model, "--frames", folder.resolve("nowhere"));
    refuses("holds no file", model, "--frames", Files.createDirectory(folder.resolve("empty")));
    refuses("no file", folder.resolve("none.onnx"), "--seeded", 1);
    refuses("--out is for networks of the zoo", model, "--seeded", 1, "--out", folder);
    refuses("Say with --out FOLDER", "zoo:small-chain", "--seeded", 1);
    refuses("not trained", "zoo:small-chain", "--out", folder.resolve("zoo"));
    refuses("takes 1x3x16x16, and the labelled images are 1x1x28x28", small(), "--data", folder);
    FewImages.write(folder, "train", 20);
    refuses("holds 20 training images", model, "--data", folder);
    assertThat(folder.resolve("zoo")).doesNotExist();
    assertThat(SizesFile.beside(model)).doesNotExist();
  }

  @Test
  void saysThatAFolderHoldsNoImage() throws IOException {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(texts.resolve("a.txt"), "not an image");
    Spoken spoken = codecs(small(), "--frames", texts);
    assertThat(spoken.code()).isEqualTo(2);
    assertThat(spoken.err()).contains("no file of the folder is an image");
  }

  @Test
  void refusesANetworkOfSeveralInputs() throws IOException {
    OnnxSlicer slicer = Zoo.SMALL_RESIDUAL.slicer(1, Map.of());
    LayerSet near = slicer.graph().leadingTo(3); // conv2, beside which relu1 crosses
    Path model = folder.resolve("far.onnx");
    Files.write(model, slicer.bytes(slicer.graph().all().minus(near)));
    refuses(
        "takes conv2 FLOAT32, relu1 FLOAT32; codecs can be measured only with one",
        model,
        "--seeded",
        1);
  }
}
