package io.cleave.policies.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A planner as a person asks for it.
 *
 * @param name or alias in the catalogue
 * @param options by key, in the order given; values as written
 */
public record PlannerSpec(String name, Map<String, String> options) {
  public PlannerSpec {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    if (name.isBlank()) {
      throw new IllegalArgumentException("A planner needs a name.");
    }
  }

  /**
   * Reads {@code cleave}, {@code cleave{}} or {@code cleave{hedge=0,table=on}}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static PlannerSpec parse(String text) {
    String trimmed = text.strip();
    int open = trimmed.indexOf('{');
    if (open < 0 && trimmed.indexOf('}') < 0) {
      return new PlannerSpec(trimmed, Map.of());
    }
    if (open < 0 || trimmed.indexOf('}') != trimmed.length() - 1) {
      throw malformed(text);
    }
    Map<String, String> options = new LinkedHashMap<>();
    String inside = trimmed.substring(open + 1, trimmed.length() - 1);
    for (String pair : inside.isBlank() ? new String[0] : inside.split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? "" : pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      if (key.isEmpty() || value.isEmpty()) {
        throw malformed(text);
      }
      if (options.put(key, value) != null) {
        throw new IllegalArgumentException(
            "The planner %s gives the option %s twice.".formatted(text, key));
      }
    }
    return new PlannerSpec(trimmed.substring(0, open).strip(), options);
  }

  /** From a map as a YAML or JSON reader makes it, values of any scalar type. */
  public static PlannerSpec of(String name, Map<String, ?> options) {
    Map<String, String> texts = new LinkedHashMap<>();
    options.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return new PlannerSpec(name, texts);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return options.isEmpty()
        ? name
        : options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining(",", name + "{", "}"));
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "A planner is written name or name{key=value,key=value}, not %s.".formatted(text));
  }
}
