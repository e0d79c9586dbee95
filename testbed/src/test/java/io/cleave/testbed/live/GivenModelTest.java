package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.SizesFile;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenModelTest {
  @TempDir private Path folder;

  private GivenModel given() throws IOException {
    Path file = folder.resolve("mine.onnx");
    Files.write(file, Zoo.SMALL_EXITS.model(3).toByteArray());
    return GivenModel.of(file.toString()).orElseThrow();
  }

  private void answers(String sha256) throws IOException {
    Answers one = new Answers(new float[] {0.5f}, new float[] {0.9f}, new boolean[] {true});
    ExitAnswers two = new ExitAnswers(10, List.of(one, one));
    try (OutputStream out = Files.newOutputStream(folder.resolve("mine.answers.csv.gz"))) {
      out.write(AnswersFile.content(new ExitStudy(two, two), sha256));
    }
  }

  @Test
  void everyProgramBuildsNetworksOfTheZooItself() {
    assertThat(GivenModel.of("zoo:alexnet")).isEmpty();
  }

  @Test
  void isStoredByItsHashWithItsAnswersBeside() throws IOException {
    GivenModel given = given();
    Path store = folder.resolve("controller/models");
    List<Path> alone = given.store(store);
    assertThat(alone).hasSize(1);
    assertThat(Files.mismatch(alone.get(0), given.file())).isEqualTo(-1);
    String sha256 = alone.get(0).getFileName().toString().replace(".onnx", "");
    assertThat(sha256).matches("[0-9a-f]{64}");

    answers(sha256);
    assertThat(given.store(store)).hasSize(2);
    assertThat(AnswersFile.read(alone.get(0), sha256)).isPresent();
  }

  @Test
  void isStoredWithWhatCodecsMakeOfItsTensors() throws IOException {
    GivenModel given = given();
    Path store = folder.resolve("models");
    String sha256 = given.store(store).get(0).getFileName().toString().replace(".onnx", "");
    Path sizes = folder.resolve("mine.codecs.csv");
    Tensor.Measured measured = new Tensor.Measured(0.1, 0.02);
    Files.write(
        sizes, SizesFile.content(sha256, Map.of("input", Map.of(Codec.INT4_ZEROS, measured))));
    List<Path> written = given.store(store);
    assertThat(written).hasSize(2);
    assertThat(SizesFile.read(written.get(0), sha256))
        .isEqualTo(Map.of("input", Map.of("INT4_ZEROS", measured)));
    Files.write(sizes, SizesFile.content("0".repeat(64), Map.of()));
    assertThatThrownBy(() -> given.store(store))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mine.codecs.csv must begin with");
  }

  @Test
  void answersOfAnotherModelAreRefused() throws IOException {
    GivenModel given = given();
    answers("0".repeat(64));
    assertThatThrownBy(() -> given.store(folder.resolve("models")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mine.answers.csv.gz, line 1")
        .hasMessageContaining("not on this one");
  }
}
