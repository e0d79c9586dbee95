package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.wire.ModelReference;
import io.cleave.transport.tensor.TensorValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelStoreTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = new ModelStore(folder);
  }

  /** What the networks of the zoo are known by, on every machine and under every Java. */
  @ParameterizedTest
  @CsvSource({
    "zoo:small-chain, 57891b346dc87c107fe00fb974006e52d2a6a0c0716b9729f4cfaa0686db1d20",
    "zoo:small-chain?seed=1, 57891b346dc87c107fe00fb974006e52d2a6a0c0716b9729f4cfaa0686db1d20",
    "zoo:small-chain?seed=3, a8a69e01fa369b777ae458e1ef25744aac6219186480db4acfa570b5f3b405b7",
    "zoo:small-depthwise, a41158080d06656f892e88b663e3449f4d57725819c6a47b82c51b0958561727",
    "zoo:resnet18, 0bb108de26d64bf9e0daf13d840a1bb2baa8737403c783cbc51beffde6661e16",
    "zoo:resnet18?seed=3, 8b9b2bc93062e28738ccb0c373c28b4c28e54216fd80cf47378f2915134f42fa",
    "zoo:mobilenetv2, c084b11e8f150c1a9f82339a96bb706148f0a4e898af1662610ec8c9edf47374",
  })
  void sameSeedGivesTheSameHashOnEveryMachine(String source, String sha256) {
    assertThat(store.open(source, Map.of()).reference().sha256()).isEqualTo(sha256);
  }

  @Test
  void otherSizesOfImagesAreAnotherFileThatOthersCanBuild() throws IOException {
    Map<String, TensorShape> small = Map.of("input", TensorShape.of(1, 3, 64, 64));
    Model model = store.open("zoo:mobilenetv2", small);
    assertThat(model.graph().tensor(0).shape()).hasToString("1x3x64x64");
    assertThat(model.graph().name()).isEqualTo("mobilenetv2");
    Model again = new ModelStore(elsewhere).open(model.reference());
    assertThat(Files.mismatch(model.file(), again.file())).isEqualTo(-1);
    assertThat(store.open("zoo:mobilenetv2", Map.of()).reference().sha256())
        .isNotEqualTo(model.reference().sha256());
  }

  @Test
  void anotherBatchIsTheSameFile() {
    Map<String, TensorShape> eight = Map.of("input", TensorShape.of(8, 3, 16, 16));
    Model model = store.open("zoo:small-chain", eight);
    assertThat(model.graph().tensor(0).shape()).hasToString("8x3x16x16");
    assertThat(store.open("zoo:small-chain", Map.of()).reference().sha256())
        .isEqualTo(model.reference().sha256());
  }

  @Test
  void keepsAFileAsItIs() throws IOException {
    Path file = HandMade.skip(elsewhere);
    Model model = store.open(file.toString(), Map.of());
    assertThat(model.graph().name()).isEqualTo("skip");
    assertThat(model.reference().source()).isEqualTo(file.toString());
    assertThat(model.file()).hasFileName(model.reference().sha256() + ".onnx");
    assertThat(Files.mismatch(file, model.file())).isEqualTo(-1);
  }

  @Test
  void takesInWeightsThatLieBesideTheModel() throws IOException {
    Path file = HandMade.inTwoFiles(elsewhere);
    Model model = store.open(file.toString(), Map.of());
    // The content must stand alone: others know it by the hash only.
    Files.delete(elsewhere.resolve("weights.bin"));
    try (SliceLibrary library = new SliceLibrary(SliceLimits.USUAL)) {
      TensorValue x = Floats.noise(model.graph().tensor(0), 1);
      assertThat(library.run(model, model.graph().all(), List.of(x)))
          .extracting(TensorValue::name)
          .containsExactly("y");
    }
    assertThatThrownBy(() -> store.open(file.toString(), Map.of()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("weights.bin");
  }

  @Test
  void findsWhatWasOpenedBefore() {
    Model model = store.open("zoo:small-chain", Map.of());
    assertThat(store.bySha256(model.reference().sha256())).contains(model);
    assertThat(store.bySha256("0".repeat(64))).isEmpty();
    assertThat(store.open(model.reference())).isSameAs(model);
  }

  @Test
  void opensAFileThatAnEarlierProcessLeft() {
    Model before = store.open(HandMade.skip(elsewhere).toString(), Map.of());
    Model after = new ModelStore(folder).open(before.reference());
    assertThat(after.graph().size()).isEqualTo(before.graph().size());
  }

  @Test
  void takesInWhatHasTheRightHashAndNothingElse() throws IOException {
    byte[] content = Files.readAllBytes(HandMade.skip(elsewhere));
    String sha256 = store.open(elsewhere + "/skip.onnx", Map.of()).reference().sha256();
    ModelStore other = new ModelStore(elsewhere.resolve("other"));
    ModelReference reference = new ModelReference("skip.onnx", sha256, Map.of());
    byte[] damaged = Arrays.copyOf(content, content.length);
    damaged[content.length / 2] ^= 1;
    assertThatThrownBy(() -> other.add(reference, new ByteArrayInputStream(damaged)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("but %s was wanted".formatted(sha256));
    assertThat(files(elsewhere.resolve("other"))).isEmpty();
    assertThat(other.add(reference, new ByteArrayInputStream(content)).graph().name())
        .isEqualTo("skip");
  }

  @Test
  void refusesAFileInTheStoreThatIsDamaged() throws IOException {
    Model model = store.open("zoo:small-chain", Map.of());
    Files.writeString(model.file(), "no longer a model");
    assertThatThrownBy(() -> new ModelStore(folder).open(model.reference()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining(model.file().toString());
    // A network of the zoo is built anew when it is asked for by name.
    store.open("zoo:small-chain", Map.of());
    assertThat(new ModelStore(folder).open(model.reference()).graph().size())
        .isEqualTo(model.graph().size());
  }

  @Test
  void refusesWhatIsNoModelAndLeavesNothingBehind() throws IOException {
    Path noModel = Files.writeString(elsewhere.resolve("text.onnx"), "this is a text");
    Path half = elsewhere.resolve("half.onnx");
    byte[] content = Files.readAllBytes(HandMade.skip(elsewhere));
    Files.write(half, Arrays.copyOf(content, content.length / 2));
    for (Path file : List.of(noModel, half)) {
      assertThatThrownBy(() -> store.open(file.toString(), Map.of()))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void namesWhatIsNotThere() {
    assertThatThrownBy(() -> store.open("nowhere.onnx", Map.of()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere.onnx");
    assertThatThrownBy(() -> store.open("zoo:resnet81", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resnet18");
    assertThatThrownBy(() -> store.open("zoo:resnet18?sed=3", Map.of()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("zoo:resnet18?seed=3");
    ModelReference unknown = new ModelReference("my.onnx", "0".repeat(64), Map.of());
    assertThatThrownBy(() -> store.open(unknown))
        .isInstanceOf(ModelMissingException.class)
        .hasMessageContaining("my.onnx")
        .hasMessageContaining("nobody to ask");
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** What is known of a model's exits goes where the model goes, and is refused to any other. */
  @Test
  void takesInWhatIsKnownOfAModelsExits() throws IOException {
    Path file = elsewhere.resolve("mine.onnx");
    Files.copy(store.open("zoo:small-exits", Map.of()).file(), file);
    assertThat(store.open(file.toString(), Map.of()).exits()).isEmpty();
    String sha256 = store.open(file.toString(), Map.of()).reference().sha256();
    int classes = 10;
    Answers answers = new Answers(new float[] {0.5f}, new float[] {0.9f}, new boolean[] {true});
    ExitAnswers two = new ExitAnswers(classes, List.of(answers, answers));
    try (OutputStream out = Files.newOutputStream(AnswersFile.beside(file))) {
      out.write(AnswersFile.content(new ExitStudy(two, two), sha256));
    }
    Model model = new ModelStore(folder).open(file.toString(), Map.of());
    assertThat(model.exits()).isPresent();
    assertThat(folder.resolve(sha256 + ".answers.csv.gz")).exists();

    Path other = elsewhere.resolve("other.onnx");
    Files.copy(store.open("zoo:small-chain", Map.of()).file(), other);
    Files.copy(AnswersFile.beside(file), AnswersFile.beside(other));
    assertThatThrownBy(() -> store.open(other.toString(), Map.of()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("other.answers.csv.gz, line 1")
        .hasMessageContaining("not on this one");
  }
}
