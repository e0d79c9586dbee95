package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import io.cleave.transport.json.MalformedMessage.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader and its schema take the same messages, but for what only a program can see. */
class AgreementTest {
  /** Pieces that are made in rounds are never taken for zeros: a message has one or the other. */
  private static final List<String> EITHER =
      List.of(
          "table.entries[].plan.sharing[].rounds",
          "table.entries[].plan.sharing[].zerosAfterSeconds");

  private static final int MOST_BYTES = WireLimits.DECISION_BYTES;

  @ParameterizedTest
  @EnumSource
  void aReaderTakesWhatItsSchemaTakes(MessageKind kind) throws IOException {
    Schema schema = kind.schema();
    int valid = 0;
    List<Mutants.Mutant> mutants = mutants(kind);
    for (Mutants.Mutant mutant : mutants) {
      if (MessageKind.MAPPER.writeValueAsBytes(mutant.message()).length > MOST_BYTES) {
        continue; // a schema counts no bytes
      }
      boolean fits = schema.validate(mutant.message()).isEmpty();
      Optional<MalformedMessage> refusal = refusal(kind, mutant.message());
      valid += fits ? 1 : 0;
      if (fits) {
        assertThat(refusal.map(MalformedMessage::kind))
            .as("%s at %s: %s", mutant.what(), mutant.pointer(), refusal)
            .matches(why -> why.isEmpty() || why.equals(Optional.of(Kind.CONTRADICTORY)));
      } else {
        assertThat(refusal).as("%s at %s", mutant.what(), mutant.pointer()).isPresent();
      }
    }
    // Neither all nor none: the comparison has something to find.
    assertThat(valid).isBetween(mutants.size() / 20, mutants.size() * 3 / 4);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalSaysWhatIsWrongWhere(MessageKind kind) throws IOException {
    JsonNode schema = kind.schemaTree();
    for (Mutants.Mutant mutant : mutants(kind)) {
      String field = mutant.field();
      Optional<MalformedMessage> refusal = refusal(kind, mutant.message());
      if (mutant.what().equals("missing")) {
        boolean required = SchemaFields.required(schema).contains(field.replace("[0]", "[]"));
        assertThat(refusal.isPresent() && refusal.get().kind() == Kind.MISSING)
            .as("%s at %s", mutant.what(), mutant.pointer())
            .isEqualTo(required);
      } else if (mutant.what().equals("null")) {
        assertThat(refusal.orElseThrow())
            .as("%s at %s", mutant.what(), mutant.pointer())
            .hasMessageStartingWith(kind.schemaName() + "." + field + " must be ")
            .hasMessageEndingWith("not null. Maybe it should be left out.")
            .extracting(MalformedMessage::kind)
            .isEqualTo(Kind.WRONG_TYPE);
      }
    }
  }

  private static List<Mutants.Mutant> mutants(MessageKind kind) {
    List<Mutants.Mutant> mutants = new ArrayList<>();
    for (String left : kind == MessageKind.DECISION ? EITHER : List.of("none")) {
      mutants.addAll(Mutants.of(full(kind, left), kind.schemaTree()));
    }
    return mutants;
  }

  /** A message in which every field of the schema is there but some, and a table of short plans. */
  private static ObjectNode full(MessageKind kind, String left) {
    long fields =
        SchemaFields.of(kind.schemaTree()).keySet().stream()
            .filter(field -> !field.startsWith(left))
            .count();
    return LongStream.range(0, 20_000)
        .mapToObj(kind::fullTree)
        .filter(message -> SchemaFields.in(message).stream().noneMatch(f -> f.startsWith(left)))
        .filter(message -> SchemaFields.in(message).size() == fields)
        .filter(message -> firstIsFull(message, SchemaFields.in(message).size()))
        .findFirst()
        .orElseThrow();
  }

  /** True if the first element of each array is full, and few stages: mutants are made of it. */
  private static boolean firstIsFull(ObjectNode message, int fields) {
    ObjectNode firsts = message.deepCopy();
    keepFirsts(firsts);
    return SchemaFields.in(firsts).size() == fields
        && noneIsEmpty(firsts)
        && message.at("/table/entries/0/plan/stages").size() <= 2; // one may be shared
  }

  private static boolean noneIsEmpty(JsonNode node) {
    return !(node.isArray() && node.isEmpty())
        && StreamSupport.stream(node.spliterator(), false).allMatch(AgreementTest::noneIsEmpty);
  }

  private static void keepFirsts(JsonNode node) {
    if (node.isArray()) {
      while (node.size() > 1) {
        ((ArrayNode) node).remove(node.size() - 1);
      }
    }
    node.forEach(AgreementTest::keepFirsts);
  }

  private static Optional<MalformedMessage> refusal(MessageKind kind, JsonNode message)
      throws IOException {
    try {
      kind.read(MessageKind.MAPPER.writeValueAsBytes(message));
      return Optional.empty();
    } catch (MalformedMessage refusal) {
      return Optional.of(refusal);
    }
  }
}
