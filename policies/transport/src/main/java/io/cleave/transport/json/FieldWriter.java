package io.cleave.transport.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.graph.LayerSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * An object of a message that goes out. It refuses what {@link Fields} would refuse to read, by
 * IllegalArgumentException.
 */
final class FieldWriter {
  private final ObjectNode object;

  private FieldWriter(ObjectNode object) {
    this.object = object;
  }

  static FieldWriter into(ObjectNode object) {
    return new FieldWriter(object);
  }

  FieldWriter object(String name) {
    return new FieldWriter(object.putObject(name));
  }

  <T> void objects(String name, List<T> all, int most, BiConsumer<FieldWriter, T> write) {
    ArrayNode array = array(name, all, most);
    for (T one : all) {
      write.accept(new FieldWriter(array.addObject()), one);
    }
  }

  FieldWriter agent(String name, String agent) {
    object.put(name, AgentName.valid(agent));
    return this;
  }

  void agents(String name, List<String> agents, int most) {
    ArrayNode array = array(name, agents, most);
    agents.forEach(agent -> array.add(AgentName.valid(agent)));
  }

  FieldWriter text(String name, String text, int most) {
    object.put(name, checked(name, text, most));
    return this;
  }

  private static String checked(String name, String text, int most) {
    if (Text.length(text) > most || !Text.printable(text)) {
      throw new IllegalArgumentException(
          "%s must be printable and have at most %d characters, not '%s'."
              .formatted(name, most, MalformedMessage.shown(text)));
    }
    return text;
  }

  /** An object whose field names are data too. */
  void map(String name, Map<String, String> all, int most) {
    FieldWriter map = object(name);
    if (all.size() > most) {
      throw new IllegalArgumentException(
          "A message has at most %d %s, not %d.".formatted(most, name, all.size()));
    }
    all.forEach(
        (key, value) -> {
          String field = checked("A name in " + name, key, WireLimits.TITLE_CHARS);
          map.text(field, value, WireLimits.CHARS);
        });
  }

  FieldWriter layers(String name, LayerSet layers) {
    return text(name, LayerRanges.format(layers), WireLimits.CHARS);
  }

  FieldWriter choice(String name, Enum<?> one) {
    object.put(name, one.name());
    return this;
  }

  FieldWriter flag(String name, boolean value) {
    object.put(name, value);
    return this;
  }

  FieldWriter count(String name, long value) {
    if (value < 0 || value > WireLimits.COUNT) {
      throw new IllegalArgumentException(
          "%s must be in 0..%d, not %d.".formatted(name, WireLimits.COUNT, value));
    }
    object.put(name, value);
    return this;
  }

  void counts(String name, List<Long> values, int most, long greatest) {
    ArrayNode array = array(name, values, most);
    for (long value : values) {
      if (value < 0 || value > greatest) {
        throw new IllegalArgumentException(
            "%s must be in 0..%d, not %d.".formatted(name, greatest, value));
      }
      array.add(value);
    }
  }

  FieldWriter number(String name, double value, Range range) {
    object.put(name, checked(name, value, range));
    return this;
  }

  /** Leaves out what is infinite, or longer than a message can say. */
  FieldWriter numberUnlessInfinite(String name, double value, Range range) {
    return value > range.most() ? this : number(name, value, range);
  }

  /** Left out if it is 0. */
  FieldWriter numberUnlessZero(String name, double value, Range range) {
    return value == 0 ? this : number(name, value, range);
  }

  void numbers(String name, List<Double> values, int most, Range range) {
    ArrayNode array = array(name, values, most);
    for (double value : values) {
      array.add(checked(name, value, range));
    }
  }

  private ArrayNode array(String name, List<?> all, int most) {
    if (all.size() > most) {
      throw new IllegalArgumentException(
          "A message has at most %d %s, not %d.".formatted(most, name, all.size()));
    }
    return object.putArray(name);
  }

  private static double checked(String name, double value, Range range) {
    if (!range.holds(value)) {
      throw new IllegalArgumentException("%s must be %s, not %s.".formatted(name, range, value));
    }
    return value;
  }
}
