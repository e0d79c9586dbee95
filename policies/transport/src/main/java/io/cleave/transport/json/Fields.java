package io.cleave.transport.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.json.MalformedMessage.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An object of a message that came in. What is asked for must be there, or {@link
 * MalformedMessage}; what nobody asks for is ignored.
 */
final class Fields {
  private final JsonNode object;
  private final String path; // with the point before the next name

  /** The fields of an object at a path that ends with a point. */
  Fields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  boolean has(String name) {
    return object.has(name);
  }

  Fields object(String name) {
    return value(name).object();
  }

  Optional<Fields> optionalObject(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  <T> List<T> objects(String name, int most, Function<Fields, T> read) {
    return list(name, most, value -> read.apply(value.object()));
  }

  String agent(String name) {
    return value(name).agent();
  }

  List<String> agents(String name, int most) {
    return list(name, most, Value::agent);
  }

  /** Printable text of so many characters at most. */
  String text(String name, int most) {
    return value(name).text(most);
  }

  /** Text of a form of its own, read by something that throws IllegalArgumentException. */
  <T> T form(String name, Function<String, T> read) {
    return value(name).form(read);
  }

  /** An object whose field names are data too, as its values are. */
  <T> Map<String, T> forms(String name, int most, Function<String, T> read) {
    Fields map = value(name).object(most);
    Map<String, T> all = new HashMap<>();
    map.object
        .properties()
        .forEach(
            entry -> {
              String place = MalformedMessage.shown(entry.getKey());
              all.put(entry.getKey(), new Value(entry.getValue(), map.path, place).form(read));
            });
    return all;
  }

  LayerSet layers(String name) {
    return form(name, LayerRanges::parse);
  }

  <E extends Enum<E>> E choice(String name, E[] all) {
    return value(name).choice(all);
  }

  boolean flag(String name) {
    return value(name).flag();
  }

  long count(String name, long least) {
    return count(name, least, WireLimits.COUNT);
  }

  long count(String name, long least, long most) {
    return value(name).count(least, most);
  }

  List<Long> counts(String name, int most, long greatest) {
    return list(name, most, value -> value.count(0, greatest));
  }

  double number(String name, Range range) {
    return value(name).number(range);
  }

  OptionalDouble optionalNumber(String name, Range range) {
    return has(name) ? OptionalDouble.of(number(name, range)) : OptionalDouble.empty();
  }

  /** Infinite if absent. */
  double numberOrInfinity(String name, Range range) {
    return has(name) ? number(name, range) : Double.POSITIVE_INFINITY;
  }

  double numberOrZero(String name, Range range) {
    return has(name) ? number(name, range) : 0;
  }

  List<Double> numbers(String name, int most, Range range) {
    return list(name, most, value -> value.number(range));
  }

  /** What a record's constructor makes of values that are possible one by one. */
  <T> T built(Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException refusal) {
      String place = path.substring(0, path.length() - 1);
      throw MalformedMessage.of(Kind.CONTRADICTORY, place, refusal);
    }
  }

  /** The refusal of this object as a whole. */
  MalformedMessage refused(Kind kind, String rule) {
    return new MalformedMessage(kind, path.substring(0, path.length() - 1) + " " + rule);
  }

  private <T> List<T> list(String name, int most, Function<Value, T> read) {
    JsonNode array = value(name).array(most);
    List<T> all = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      all.add(read.apply(new Value(array.get(i), path, name + '[' + i + ']')));
    }
    return all;
  }

  private Value value(String name) {
    JsonNode node = object.get(name);
    if (node == null) {
      throw new MalformedMessage(Kind.MISSING, path + name + " is missing.");
    }
    return new Value(node, path, name);
  }
}
