package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/protocol.md says is true. */
class ProtocolPageTest {
  private final String page;

  ProtocolPageTest() throws IOException {
    page = Files.readString(Path.of("../../docs/protocol.md"));
  }

  @ParameterizedTest
  @EnumSource
  void itsExamplesCanBeReadAndFitTheSchema(MessageKind kind) throws IOException {
    List<String> examples = examples(kind);
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      kind.read(example.getBytes(StandardCharsets.UTF_8));
      assertThat(kind.schema().validate(MessageKind.MAPPER.readTree(example))).isEmpty();
    }
  }

  /** An example with a misspelt field would be read too, if the field is an optional one. */
  @ParameterizedTest
  @EnumSource
  void itsExamplesHaveNoFieldThatNobodyKnows(MessageKind kind) throws IOException {
    for (String example : examples(kind)) {
      assertThat(SchemaFields.of(kind.schemaTree()).keySet())
          .containsAll(SchemaFields.in(MessageKind.MAPPER.readTree(example)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsTablesNameEveryFieldOfTheSchema(MessageKind kind) {
    Set<String> leaves = new TreeSet<>();
    SchemaFields.of(kind.schemaTree())
        .forEach(
            (path, field) -> {
              JsonNode inner = field.has("items") ? field.get("items") : field;
              if (!inner.has("properties")) {
                leaves.add(path);
              }
            });
    Set<String> named = new TreeSet<>();
    Pattern.compile("(?m)^\\| (`[^|]*`) \\|")
        .matcher(section("### " + title(kind)))
        .results()
        .flatMap(row -> Arrays.stream(row.group(1).split(", ", -1)))
        .forEach(field -> named.add(field.replace("`", "")));
    // An object may have a row of its own, beside its fields'.
    named.removeAll(
        SchemaFields.of(kind.schemaTree()).keySet().stream()
            .filter(path -> !leaves.contains(path))
            .toList());
    assertThat(named).containsExactlyInAnyOrderElementsOf(leaves);
  }

  @Test
  void itNamesEveryKindOfRefusal() {
    List<String> kinds =
        Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|")
            .matcher(section("## What is refused"))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(kinds)
        .containsExactlyElementsOf(
            Arrays.stream(MalformedMessage.Kind.values()).map(Enum::name).toList());
  }

  private List<String> examples(MessageKind kind) {
    return Pattern.compile("(?s)```json " + kind.schemaName() + "\n(.*?)```")
        .matcher(page)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private String section(String heading) {
    int begin = page.indexOf(heading + "\n");
    assertThat(begin).as(heading).isPositive();
    int end = page.indexOf("\n##", begin + heading.length());
    return page.substring(begin, end < 0 ? page.length() : end);
  }

  private static String title(MessageKind kind) {
    String words = kind.schemaName().replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
