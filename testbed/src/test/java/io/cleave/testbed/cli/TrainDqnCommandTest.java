package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainDqnCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of("");

  private Path trained(String name, String seed) {
    Path file = folder.resolve(name);
    int status =
        Cleave.execute(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "train",
            "dqn",
            "--smoke",
            "--seed",
            seed,
            "--out",
            file.toString());
    assertThat(status).as(err.toString()).isZero();
    return file;
  }

  @Test
  void trainsWhatCanBeFollowed() throws IOException {
    Path file = trained("mine.onnx", "3");
    assertThat(out.toString()).containsPattern("Reward of a frame: -\\d.* at random, -\\d");
    PlannerSpec spec = new PlannerSpec("dqn", Map.of("weights", file.toString()));
    assertThat(PlannerCatalog.standard().create(spec)).isNotNull();
    assertThat(trained("again.onnx", "3")).hasSameBinaryContentAs(file);
    assertThat(Files.mismatch(trained("other.onnx", "4"), file)).isNotEqualTo(-1);
  }
}
