package io.cleave.transport.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Messages that differ from a good one in one field, at and beyond each bound of its schema. */
final class Mutants {
  /**
   * @param what was done
   * @param pointer to the field that it was done to
   * @param message that came of it
   */
  record Mutant(String what, String pointer, JsonNode message) {
    /** The field as a reader calls it: {@code links[0].rttSeconds}. */
    String field() {
      return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    }
  }

  private static final int[] LENGTHS = {0, 1, 40, 41, 256, 257, 1000, 1001, 16384, 16385};

  private final ObjectNode good;
  private final JsonNode schema;
  private final List<Mutant> all = new ArrayList<>();

  private Mutants(ObjectNode good, JsonNode schema) {
    this.good = good;
    this.schema = schema;
  }

  static List<Mutant> of(ObjectNode good, JsonNode schema) {
    Mutants mutants = new Mutants(good, schema);
    mutants.object("", good, schema);
    return mutants.all;
  }

  private void object(String pointer, JsonNode object, JsonNode rules) {
    rules.path("properties").properties().stream()
        .filter(field -> object.has(field.getKey())) // what excludes another field is in another
        .forEach(
            field -> {
              String inner = pointer + '/' + field.getKey();
              missing(pointer, field.getKey());
              value(
                  inner,
                  object.get(field.getKey()),
                  SchemaFields.resolved(field.getValue(), schema));
            });
    ObjectNode with = good.deepCopy();
    ((ObjectNode) with.at(pointer)).set("unknown", JsonNodeFactory.instance.arrayNode().add("x"));
    all.add(new Mutant("an unknown field", pointer + "/unknown", with));
  }

  private void value(String pointer, JsonNode value, JsonNode rules) {
    set("null", pointer, NullNode.instance);
    set("flag", pointer, BooleanNode.TRUE);
    set("empty object", pointer, JsonNodeFactory.instance.objectNode());
    set("empty array", pointer, JsonNodeFactory.instance.arrayNode());
    for (int length : LENGTHS) {
      set("text of " + length, pointer, new TextNode("x".repeat(length)));
    }
    set("text of two lines", pointer, new TextNode("a\nb"));
    set("reserved name", pointer, new TextNode("controller"));
    numbers(pointer, rules);
    if (value.isObject()) {
      object(pointer, value, rules);
    } else if (value.isArray()) {
      array(pointer, value, rules);
    }
  }

  private void numbers(String pointer, JsonNode rules) {
    List<Double> bounds =
        new ArrayList<>(List.of(0.0, -0.0, 1.0, 0.5, -1.0, 1e300, -1e300, 1e-300));
    for (String bound : List.of("minimum", "exclusiveMinimum", "maximum")) {
      if (rules.has(bound)) {
        double value = rules.get(bound).doubleValue();
        bounds.addAll(List.of(value, Math.nextUp(value), Math.nextDown(value), value + 1));
      }
    }
    bounds.forEach(value -> set("number " + value, pointer, new DoubleNode(value)));
    set("integer", pointer, BigIntegerNode.valueOf(BigInteger.ONE));
    set("long integer", pointer, BigIntegerNode.valueOf(BigInteger.TEN.pow(40)));
  }

  private void array(String pointer, JsonNode array, JsonNode rules) {
    JsonNode first = array.get(0);
    int most = rules.get("maxItems").intValue();
    for (int size : new int[] {1, most, most + 1}) {
      ArrayNode copies = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < size; i++) {
        copies.add(first);
      }
      set(size + " elements", pointer, copies);
    }
    value(pointer + "/0", first, SchemaFields.resolved(rules.get("items"), schema));
  }

  private void missing(String pointer, String name) {
    ObjectNode without = good.deepCopy();
    ((ObjectNode) without.at(pointer)).remove(name);
    all.add(new Mutant("missing", pointer + '/' + name, without));
  }

  private void set(String what, String pointer, JsonNode value) {
    ObjectNode changed = good.deepCopy();
    int slash = pointer.lastIndexOf('/');
    JsonNode around = changed.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1);
    if (around instanceof ObjectNode object) {
      object.set(name, value);
    } else {
      ((ArrayNode) around).set(Integer.parseInt(name), value);
    }
    all.add(new Mutant(what, pointer, changed));
  }
}
