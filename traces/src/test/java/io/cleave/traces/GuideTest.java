package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages about traces say what the code does. */
final class GuideTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "cleave", "traces");

  @Test
  void showsTheReaderThatRuns() throws IOException {
    String guide = Files.readString(DOCS.resolve("add-a-trace-format.md"));
    assertThat(guide)
        .contains("```java\n" + Files.readString(SOURCES.resolve("LumosReader.java")) + "```");
    String constant =
        Files.readAllLines(SOURCES.resolve("TraceFormat.java")).stream()
            .filter(line -> line.contains("LUMOS("))
            .findFirst()
            .orElseThrow();
    assertThat(guide).contains(constant);
  }

  @ParameterizedTest
  @EnumSource
  void listsEveryFormat(TraceFormat format) throws IOException {
    assertThat(Files.readString(DOCS.resolve("traces.md"))).contains("| `" + format.id() + "` |");
  }

  @Test
  void listsEveryBuiltInRecordingWithItsSplit() throws IOException {
    String page = Files.readString(DOCS.resolve("traces.md"));
    for (Split split : Split.values()) {
      for (String name : TraceLibrary.builtIn().names(split)) {
        assertThat(page)
            .contains("| `%s` | %s |".formatted(name, split.name().toLowerCase(Locale.ROOT)));
      }
    }
  }
}
