package io.cleave.transport.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Paths of fields, such as {@code links[].rttSeconds}, in schemas and in messages. */
final class SchemaFields {
  private SchemaFields() {}

  /** All fields that a schema names, and what it says of each. */
  static Map<String, JsonNode> of(JsonNode schema) {
    Map<String, JsonNode> all = new TreeMap<>();
    collect("", schema, all);
    return all;
  }

  /** The fields that must be there when the object around them is. */
  static Set<String> required(JsonNode schema) {
    Set<String> all = new TreeSet<>();
    schema.path("required").forEach(name -> all.add(name.textValue()));
    of(schema)
        .forEach(
            (path, field) -> {
              JsonNode object = field.has("items") ? field.get("items") : field;
              String inner = path + (field.has("items") ? "[]." : ".");
              object.path("required").forEach(name -> all.add(inner + name.textValue()));
            });
    return all;
  }

  /** What a field's rules are, a reference followed. */
  static JsonNode resolved(JsonNode field, JsonNode schema) {
    String reference = field.path("$ref").asText("");
    return reference.isEmpty() ? field : schema.at(reference.substring(1));
  }

  /** The fields of a message; an object whose field names are data has none. */
  static Set<String> in(JsonNode message) {
    Set<String> all = new TreeSet<>();
    collect("", message, all);
    return all;
  }

  private static void collect(String path, JsonNode object, Map<String, JsonNode> all) {
    object
        .path("properties")
        .properties()
        .forEach(
            field -> {
              String inner = path + field.getKey();
              all.put(inner, field.getValue());
              collect(inner + ".", field.getValue(), all);
              collect(inner + "[].", field.getValue().path("items"), all);
            });
  }

  private static void collect(String path, JsonNode object, Set<String> all) {
    object
        .properties()
        .forEach(
            field -> {
              String inner = path + field.getKey();
              all.add(inner);
              if (!field.getKey().equals("inputShapes")) {
                collect(inner + ".", field.getValue(), all);
              }
              if (field.getValue().isArray()) {
                field.getValue().forEach(element -> collect(inner + "[].", element, all));
              }
            });
  }
}
