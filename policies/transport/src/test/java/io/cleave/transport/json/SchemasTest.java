package io.cleave.transport.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.wire.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {
  private static final int SEEDS = 300;

  @ParameterizedTest
  @EnumSource
  void everyMessageThatIsWrittenIsValid(MessageKind kind) {
    Schema schema = kind.schema();
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(schema.validate(kind.randomTree(seed))).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaNamesExactlyTheFieldsThatAreWritten(MessageKind kind) {
    Set<String> written = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      written.addAll(SchemaFields.in(kind.randomTree(seed)));
    }
    assertThat(SchemaFields.of(kind.schemaTree()).keySet())
        .containsExactlyInAnyOrderElementsOf(written);
  }

  /** Written whenever the object around it is: required; else optional. */
  @ParameterizedTest
  @EnumSource
  void aSchemaRequiresExactlyTheFieldsThatAreAlwaysWritten(MessageKind kind) {
    JsonNode schema = kind.schemaTree();
    Set<String> always = new TreeSet<>(SchemaFields.of(schema).keySet());
    for (long seed = 0; seed < SEEDS; seed++) {
      removeAbsent("", kind.randomTree(seed), always);
    }
    assertThat(SchemaFields.required(schema)).containsExactlyInAnyOrderElementsOf(always);
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaSaysWhatEachFieldMeans(MessageKind kind) {
    SchemaFields.of(kind.schemaTree())
        .forEach(
            (path, field) -> assertThat(field.path("description").asText()).as(path).isNotEmpty());
  }

  @Test
  void choicesAreThoseOfTheRecords() {
    JsonNode schema = MessageKind.DECISION.schemaTree();
    assertThat(choices(schema, "grounds.reason"))
        .containsExactlyElementsOf(Arrays.stream(Reason.values()).map(Reason::name).toList());
    assertThat(choices(schema, "table.entries[].plan.codec"))
        .containsExactly("FP32", "FP16", "INT8"); // for good: others are an exactCodec
    assertThat(choices(schema, "table.entries[].plan.stages[].precision"))
        .containsExactlyElementsOf(Arrays.stream(Precision.values()).map(Enum::name).toList());
    assertThat(choices(schema, "table.entries[].plan.exits.signal"))
        .containsExactlyElementsOf(Arrays.stream(ExitSignal.values()).map(Enum::name).toList());
  }

  private static List<String> choices(JsonNode schema, String path) {
    JsonNode all = requireNonNull(SchemaFields.of(schema).get(path), path).get("enum");
    return StreamSupport.stream(all.spliterator(), false).map(JsonNode::textValue).toList();
  }

  private static void removeAbsent(String path, JsonNode node, Set<String> always) {
    if (node instanceof ObjectNode object) {
      always.removeIf(
          field ->
              field.startsWith(path)
                  && field.indexOf('.', path.length()) < 0
                  && !object.has(field.substring(path.length())));
      object
          .properties()
          .forEach(field -> removeAbsent(path + field.getKey() + '.', field.getValue(), always));
    } else if (node.isArray()) {
      String inner = path.substring(0, path.length() - 1) + "[].";
      node.forEach(element -> removeAbsent(inner, element, always));
    }
  }
}
