package io.cleave.transport.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.cleave.transport.json.MalformedMessage.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * One value of a message that came in. Each question is answered by what the field may hold, or by
 * {@link MalformedMessage}.
 *
 * @param node what came
 * @param path to the object around it, with the point before the next name
 * @param name of its field
 */
record Value(JsonNode node, String path, String name) {
  /** Printable text of so many characters at most. */
  String text(int most) {
    String text = text();
    if (text.length() > most && Text.length(text) > most) {
      throw refused(Kind.TOO_LARGE, "must have at most %d characters".formatted(most), text);
    }
    if (!Text.printable(text)) {
      throw refused(Kind.OUT_OF_RANGE, "must be printable", text);
    }
    return text;
  }

  /** Text of a form of its own, read by something that throws IllegalArgumentException. */
  <T> T form(Function<String, T> read) {
    String text = text(WireLimits.CHARS);
    try {
      return read.apply(text);
    } catch (IllegalArgumentException refusal) {
      throw MalformedMessage.of(Kind.OUT_OF_RANGE, path + name, refusal);
    }
  }

  String agent() {
    String text = text();
    if (!AgentName.isValid(text)) {
      throw refused(Kind.OUT_OF_RANGE, "must be " + AgentName.RULE, text);
    }
    return text;
  }

  <E extends Enum<E>> E choice(E[] all) {
    String text = text();
    for (E one : all) {
      if (one.name().equals(text)) {
        return one;
      }
    }
    throw refused(Kind.OUT_OF_RANGE, "must be one of " + Arrays.toString(all), text);
  }

  boolean flag() {
    if (!node.isBoolean()) {
      throw wrongType("true or false");
    }
    return node.booleanValue();
  }

  /** A whole number in a range; 1.0 is one too, as JSON knows no difference. */
  long count(long least, long most) {
    if (!node.isNumber() || !node.canConvertToExactIntegral()) {
      throw wrongType("a whole number");
    }
    long value = node.canConvertToLong() ? node.longValue() : Long.MIN_VALUE;
    if (value < least || value > most) {
      throw refused(Kind.OUT_OF_RANGE, "must be in %d..%d".formatted(least, most), node.asText());
    }
    return value;
  }

  double number(Range range) {
    if (!node.isNumber()) {
      throw wrongType("a number");
    }
    double value = node.doubleValue() + 0.0; // a rate of -0 would be the opposite of an outage
    if (!range.holds(value)) {
      throw refused(Kind.OUT_OF_RANGE, "must be " + range, node.asText());
    }
    return value;
  }

  /** An array of so many elements at most. */
  JsonNode array(int most) {
    if (!node.isArray()) {
      throw wrongType("an array");
    }
    checkSize(most);
    return node;
  }

  Fields object() {
    if (!node.isObject()) {
      throw wrongType("an object");
    }
    return new Fields(node, path + name + '.');
  }

  /** An object of so many fields at most, whose names are data too. */
  Fields object(int most) {
    Fields object = object();
    checkSize(most);
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (Text.length(key) > WireLimits.TITLE_CHARS || !Text.printable(key)) {
                String rule = "must have printable names of at most %d characters";
                throw refused(Kind.OUT_OF_RANGE, rule.formatted(WireLimits.TITLE_CHARS), key);
              }
            });
    return object;
  }

  private void checkSize(int most) {
    if (node.size() > most) {
      throw refused(
          Kind.TOO_LARGE, "must have at most %d elements".formatted(most), "" + node.size());
    }
  }

  private String text() {
    if (!node.isTextual()) {
      throw wrongType("text");
    }
    return node.textValue();
  }

  private MalformedMessage refused(Kind kind, String rule, String value) {
    return new MalformedMessage(
        kind, "%s%s %s, not '%s'.".formatted(path, name, rule, MalformedMessage.shown(value)));
  }

  private MalformedMessage wrongType(String wanted) {
    String found =
        node.isNumber() ? node.asText() : node.getNodeType().name().toLowerCase(Locale.ROOT);
    String advice = node.isNull() ? " Maybe it should be left out." : "";
    return new MalformedMessage(
        Kind.WRONG_TYPE, "%s%s must be %s, not %s.%s".formatted(path, name, wanted, found, advice));
  }
}
