package io.cleave.testbed.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Writes a settings tree as JSON, for manifests. */
public final class SettingJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SettingJson() {}

  /** The same tree without line numbers; what reads as a number is one. */
  public static JsonNode of(Setting tree) {
    if (tree instanceof Setting.Fields fields) {
      ObjectNode object = NODES.objectNode();
      fields.values().forEach((key, value) -> object.set(key, of(value)));
      return object;
    }
    if (tree instanceof Setting.Items items) {
      ArrayNode array = NODES.arrayNode();
      items.values().forEach(value -> array.add(of(value)));
      return array;
    }
    String text = ((Setting.Text) tree).value();
    return text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")
        ? NODES.numberNode(new BigDecimal(text))
        : NODES.textNode(text);
  }
}
