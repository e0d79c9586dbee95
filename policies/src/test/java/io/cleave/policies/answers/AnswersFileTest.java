package io.cleave.policies.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.ExitProblems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswersFileTest {
  private static final String SHA = "a".repeat(64);

  private final ExitStudy study =
      new ExitStudy(ExitProblems.answers(1, 3, 20), ExitProblems.answers(2, 3, 30));
  @TempDir private Path folder = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void place() {
    model = folder.resolve("lenet.onnx");
  }

  @Test
  void comesBackAsItWas() throws IOException {
    study.test().exits().get(1).entropy()[4] = Float.NaN;
    Files.write(AnswersFile.beside(model), AnswersFile.content(study, SHA));
    assertThat(folder.resolve("lenet.answers.csv.gz")).exists();

    ExitStudy read = AnswersFile.read(model, SHA).orElseThrow();
    assertThat(read.calibration().images()).isEqualTo(20);
    assertThat(read.test().images()).isEqualTo(30);
    assertThat(read.test().classes()).isEqualTo(ExitProblems.CLASSES);
    for (int exit = 0; exit < 3; exit++) {
      ExitAnswers.Answers was = study.test().exits().get(exit);
      ExitAnswers.Answers is = read.test().exits().get(exit);
      assertThat(is.right()).isEqualTo(was.right());
      assertThat(is.entropy()).containsExactly(was.entropy(), within(1e-5f));
      assertThat(is.confidence()).containsExactly(was.confidence(), within(1e-5f));
    }
  }

  @Test
  void isNothingIfThereIsNoFile() throws IOException {
    assertThat(AnswersFile.read(model, SHA)).isEmpty();
  }

  @Test
  void refusesAnotherModels() throws IOException {
    Files.write(AnswersFile.beside(model), AnswersFile.content(study, SHA));
    assertThatThrownBy(() -> AnswersFile.read(model, "b".repeat(64)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("measured on the model aaaaaaaaaaaa")
        .hasMessageContaining("not on this one, bbbbbbbbbbbb")
        .hasMessageContaining("measure its exits again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "something else               | does not begin with cleave-answers-1",
        "HEAD test,1,0.5              | a line has 4 cells for 1 exits",
        "HEAD train,1,0.5,0.9         | a set is calibration or test, not 'train'",
        "HEAD test,1,1.5,0.9          | 1.5 is not in 0.0..",
        "HEAD test,1,0.5,1.2          | 1.2 is not in 0.0..1.0",
        "HEAD test,1,few,0.9          | 'few' is no number",
        "HEAD test,1,0.5,0.9          | no answers for calibration"
      })
  void saysWhatIsWrongWithAFile(String lines, String why) throws IOException {
    String text = lines.replace("HEAD ", "cleave-answers-1,%s,4,1\n".formatted(SHA)).strip() + "\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(AnswersFile.beside(model), bytes.toByteArray());
    assertThatThrownBy(() -> AnswersFile.read(model, SHA))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
