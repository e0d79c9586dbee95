package io.cleave.agents.settings;

import io.cleave.policies.spelling.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads settings by key; what cannot be used is refused with its key, its value and what would. */
final class Keys {
  private static final String PREFIX = "cleave.agent.";

  private final Function<String, Optional<String>> lookup;
  private final List<String> present;
  private final List<String> read = new ArrayList<>();
  private final List<String> families = new ArrayList<>();

  /**
   * @param lookup the value of a key
   * @param present every key that was given, those of others included
   */
  Keys(Function<String, Optional<String>> lookup, Iterable<String> present) {
    this.lookup = lookup;
    this.present = new ArrayList<>();
    present.forEach(this.present::add);
  }

  Optional<String> text(String key) {
    read.add(key);
    return lookup.apply(key).map(String::strip).filter(text -> !text.isEmpty());
  }

  String required(String key, String advice) {
    return text(key)
        .orElseThrow(() -> new SettingsException("%s is missing. %s".formatted(key, advice)));
  }

  /** All keys {@code prefix."NAME"} by name, quotes optional. */
  Map<String, String> family(String prefix) {
    families.add(prefix);
    Map<String, String> members = new TreeMap<>();
    for (String key : present) {
      if (key.startsWith(prefix)) {
        String name = key.substring(prefix.length());
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        String bare = quoted ? name.substring(1, name.length() - 1) : name;
        lookup.apply(key).map(String::strip).ifPresent(value -> members.put(bare, value));
      }
    }
    return members;
  }

  double decimal(String key, double standard, double least, double greatest) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return standard;
    }
    double value;
    try {
      value = Double.parseDouble(text.get());
    } catch (NumberFormatException notANumber) {
      throw refused(key, text.get(), "a number in %s..%s".formatted(least, greatest));
    }
    if (!(value >= least && value <= greatest)) {
      throw refused(key, text.get(), "a number in %s..%s".formatted(least, greatest));
    }
    return value;
  }

  long whole(String key, long standard, long least, long greatest) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= least && value <= greatest) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw refused(key, text.get(), "a whole number in %d..%d".formatted(least, greatest));
    }
    throw refused(key, text.get(), "a whole number in %d..%d".formatted(least, greatest));
  }

  /** Above 0: {@code 2S}, {@code 500MS}, {@code 1M30S}; a bare number is seconds. */
  Optional<Duration> duration(String key) {
    return text(key).map(text -> duration(key, text));
  }

  private static Duration duration(String key, String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    Duration duration;
    try {
      if (upper.matches("[0-9]+MS")) {
        duration = Duration.ofMillis(Long.parseLong(upper.substring(0, upper.length() - 2)));
      } else if (upper.matches("[0-9]+(\\.[0-9]+)?")) {
        duration = Duration.parse("PT" + upper + "S");
      } else {
        duration = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
      }
    } catch (DateTimeParseException | NumberFormatException notADuration) {
      throw refused(key, text, "a time like 2S, 500MS or 1M30S");
    }
    if (duration.isZero() || duration.isNegative()) {
      throw refused(key, text, "a time above 0");
    }
    return duration;
  }

  Optional<Instant> instant(String key) {
    Optional<String> text = text(key);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeParseException notAnInstant) {
      throw refused(key, text.orElse(""), "a moment like 2026-01-31T12:00:00Z");
    }
  }

  <E extends Enum<E>> E choice(String key, E standard) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return standard;
    }
    E[] constants = standard.getDeclaringClass().getEnumConstants();
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(text.get())) {
        return constant;
      }
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    throw refused(key, text.get(), String.join(" or ", names));
  }

  static SettingsException refused(String key, String value, String allowed) {
    return new SettingsException("%s must be %s, not '%s'.".formatted(key, allowed, value));
  }

  /** Refuses keys of the agent that nobody has read, and names what may have been meant. */
  void checkAllRead() {
    Set<String> known = read.stream().map(Keys::variable).collect(Collectors.toSet());
    for (String key : present) {
      boolean ofFamily = families.stream().anyMatch(key::startsWith);
      if (key.startsWith(PREFIX) && !ofFamily && !known.contains(variable(key))) {
        throw new SettingsException(
            "There is no setting %s. Maybe %s was meant.".formatted(key, Nearest.of(key, read)));
      }
    }
  }

  /** As an environment variable: what came as one does not tell dots from hyphens. */
  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
