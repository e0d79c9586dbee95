package io.cleave.policies.catalog;

import io.cleave.policies.spelling.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The options given for one planner, read by key; a key that was not given has its standard value.
 * Remembers what was read, so that an option that the catalogue declares and no planner uses is
 * found.
 */
public final class Options {
  private final String planner;
  private final List<Option> declared;
  private final Map<String, String> given;
  private final Set<String> read = new LinkedHashSet<>();

  /**
   * @throws IllegalArgumentException if a key is given that is not declared; names the nearest
   */
  Options(String planner, List<Option> declared, Map<String, String> given) {
    this.planner = planner;
    this.declared = List.copyOf(declared);
    this.given = given;
    List<String> keys = declared.stream().map(Option::key).toList();
    for (String key : given.keySet()) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(
            keys.isEmpty()
                ? "The planner %s has no options, so not %s.".formatted(planner, key)
                : "The planner %s has no option %s. Maybe %s was meant; its options are %s."
                    .formatted(planner, key, Nearest.of(key, keys), String.join(", ", keys)));
      }
    }
  }

  /** The value as written, or the standard. */
  public String text(String key) {
    Option option = option(key);
    read.add(key);
    return given.getOrDefault(key, option.standard());
  }

  /** True for {@code on}, {@code true} and {@code yes}, false for their opposites. */
  public boolean flag(String key) {
    return switch (text(key).toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes" -> true;
      case "off", "false", "no" -> false;
      default -> throw refused(key);
    };
  }

  /**
   * The constant of an enum by its name, letter case apart and with hyphens: {@code edge-first}.
   */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, text(key), type);
  }

  private <E extends Enum<E>> E choice(String key, String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().replace('_', '-').equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw refused(key);
  }

  /** The same, of some of them. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, Predicate<E> allowed) {
    E chosen = choice(key, type);
    if (!allowed.test(chosen)) {
      throw refused(key);
    }
    return chosen;
  }

  /** Several of them, each once, in the order given: {@code fp32/int8-channel}. */
  public <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    Set<E> chosen = new LinkedHashSet<>();
    for (String part : text(key).split("/", -1)) {
      if (!chosen.add(choice(key, part, type))) {
        throw refused(key);
      }
    }
    return List.copyOf(chosen);
  }

  /** A number in a range, both ends included. */
  public double decimal(String key, double least, double greatest) {
    return decimal(key, text(key), least, greatest);
  }

  private double decimal(String key, String text, double least, double greatest) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw refused(key);
    }
    if (!(value >= least && value <= greatest)) {
      throw refused(key);
    }
    return value;
  }

  /**
   * Numbers in a range, both ends included, each greater than the one before: {@code 0.1/0.5/2}.
   */
  public List<Double> ascending(String key, double least, double greatest) {
    List<Double> numbers = new ArrayList<>();
    double before = Double.NEGATIVE_INFINITY;
    for (String part : text(key).split("/", -1)) {
      double number = decimal(key, part, least, greatest);
      if (number <= before) {
        throw refused(key);
      }
      numbers.add(number);
      before = number;
    }
    return numbers;
  }

  /** So many whole numbers in a range: {@code 5x5}. */
  public List<Integer> sizes(String key, int count, int least, int greatest) {
    String[] parts = text(key).split("x", -1);
    if (parts.length != count) {
      throw refused(key);
    }
    List<Integer> sizes = new ArrayList<>();
    for (String part : parts) {
      double size = decimal(key, part, least, greatest);
      if (size != Math.rint(size)) {
        throw refused(key);
      }
      sizes.add((int) size);
    }
    return sizes;
  }

  /** A file that is there. */
  public Path file(String key) {
    Path file = Path.of(text(key));
    if (!Files.isRegularFile(file)) {
      throw refused(key);
    }
    return file;
  }

  /** Declared keys that nobody has read. */
  List<String> unread() {
    return declared.stream().map(Option::key).filter(key -> !read.contains(key)).toList();
  }

  private IllegalArgumentException refused(String key) {
    return new IllegalArgumentException(
        "The option %s of %s must be %s, not %s."
            .formatted(key, planner, option(key).allowed(), text(key)));
  }

  private Option option(String key) {
    return declared.stream()
        .filter(option -> option.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The planner %s reads the option %s, which the catalogue does not declare."
                        .formatted(planner, key)));
  }
}
