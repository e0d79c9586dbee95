package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/methods/learned.md says of the features is true. */
final class LearnedPageTest {
  @Test
  void listsEveryFeatureInOrderAsItIs() throws IOException {
    List<String> expected = new ArrayList<>();
    Stream.<Feature>concat(Stream.of(LinkFeature.values()), Stream.of(WayFeature.values()))
        .map(
            feature ->
                "| `%s` | %s | %.0f to %.0f |"
                    .formatted(
                        feature.name(),
                        feature.range().meaning(),
                        feature.range().least(),
                        feature.range().most()))
        .forEach(expected::add);
    List<String> page = Files.readAllLines(Path.of("../docs/methods/learned.md"));
    assertThat(page.stream().filter(line -> line.matches("\\| `[A-Z_0-9]+` \\|.*")))
        .containsExactlyElementsOf(expected);
  }
}
