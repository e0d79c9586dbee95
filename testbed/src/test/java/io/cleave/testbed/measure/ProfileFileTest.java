package io.cleave.testbed.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.MeasuredProfile;
import io.cleave.policies.profile.MeasuredProfile.Segment;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileFileTest {
  private static final DnnGraph GRAPH = Zoo.SMALL_CHAIN.graph();

  @Test
  void readsWhatItWrote(@TempDir Path folder) {
    MeasuredProfile profile =
        MeasuredProfile.of(
            GRAPH, List.of(new Segment(1, 10, 0.0123456789), new Segment(1, 3, 1e-6)));
    Path file = folder.resolve("deep/p.json");
    ProfileFile.write(file, profile, new Measurement(3, 1, 2));
    assertThat(ProfileFile.read(file)).isEqualTo(profile);
  }

  @Test
  void refusesWhatIsNoProfile(@TempDir Path folder) throws IOException {
    refuses(folder, "{", "no JSON");
    refuses(folder, "{\"format\": \"other\"}", "format");
    refuses(folder, "{\"format\": \"cleave-profile-1\", \"segments\": []}", "needs segments");
    refuses(
        folder,
        "{\"format\": \"cleave-profile-1\", \"segments\": [{\"first_layer\": 1}]}",
        "last_layer");
    refuses(
        folder,
        "{\"format\": \"cleave-profile-1\", \"segments\": [{\"first_layer\": 1, \"last_layer\": 2, \"seconds\": -1}]}",
        "above 0 s");
  }

  @Test
  void fitComparesSumsWithHeldOutRuns() {
    // Layers 4 to 6 are predicted 0.07 - 0.04 = 30 ms without a start; measured 40: 25 % off.
    MeasuredProfile profile =
        MeasuredProfile.of(
            GRAPH,
            List.of(
                new Segment(1, 10, 0.1),
                new Segment(1, 3, 0.04),
                new Segment(1, 6, 0.07),
                new Segment(4, 6, 0.04)));
    Fit fit = Fit.of(profile, GRAPH);
    assertThat(fit.segments()).isEqualTo(1);
    assertThat(fit.medianError()).isCloseTo(0.25, within(1e-9));
    assertThat(fit.worstSeconds()).isCloseTo(0.010, within(1e-9));
  }

  private static void refuses(Path folder, String text, String part) throws IOException {
    Path file = Files.writeString(folder.resolve("p.json"), text);
    assertThatThrownBy(() -> ProfileFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }
}
