package io.cleave.testbed.settings;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the values under one set of keys; a wrong one ends in a line that says where it stands and
 * what would be right.
 */
public final class Section {
  private final Setting.Fields fields;

  public Section(Setting.Fields fields) {
    this.fields = fields;
  }

  public String where() {
    return fields.where();
  }

  /** The keys that are there, in the order of the file. */
  public List<String> keys() {
    return List.copyOf(fields.values().keySet());
  }

  public boolean has(String key) {
    return fields.values().containsKey(key);
  }

  /** The value of a key that must be there. */
  public Setting at(String key) {
    return Optional.ofNullable(fields.values().get(key))
        .orElseThrow(() -> fields.error("the key \"%s\" is missing.".formatted(key)));
  }

  /** The keys under a key. */
  public Section section(String key) {
    if (at(key) instanceof Setting.Fields below) {
      return new Section(below);
    }
    throw at(key).error("\"%s\" needs keys of its own.".formatted(key));
  }

  /** A list with at least one entry; a single value counts as a list of one. */
  public List<Setting> items(String key) {
    Setting found = at(key);
    List<Setting> values = found instanceof Setting.Items items ? items.values() : List.of(found);
    if (values.isEmpty() || values.stream().anyMatch(v -> v.equals(blank(v)))) {
      throw found.error("\"%s\" needs at least one entry, and none that is blank.".formatted(key));
    }
    return values;
  }

  private static Setting blank(Setting like) {
    return new Setting.Text(like.where(), "");
  }

  public String text(String key) {
    return text(at(key));
  }

  /** A plain value. */
  public static String text(Setting setting) {
    if (setting instanceof Setting.Text text && !text.value().isEmpty()) {
      return text.value();
    }
    throw setting.error("a single value is expected here.");
  }

  /**
   * A value that something else can read.
   *
   * @param parse throws {@link IllegalArgumentException} with a message for people
   */
  public static <T> T parsed(Setting setting, Function<String, T> parse) {
    try {
      return parse.apply(text(setting));
    } catch (IllegalArgumentException e) {
      throw setting.error(String.join(" ", String.valueOf(e.getMessage()).lines().toList()));
    }
  }

  /**
   * A number in a range.
   *
   * @param allowed what is right
   * @param range the same in words: {@code "above 0"}
   */
  public double number(String key, DoublePredicate allowed, String range) {
    return number(key, at(key), allowed, range);
  }

  /** A number of a list or key; see {@link #number(String, DoublePredicate, String)}. */
  public static double number(String name, Setting setting, DoublePredicate allowed, String range) {
    String text = text(setting);
    double value = Double.NaN;
    if (text.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?")) {
      value = Double.parseDouble(text);
    }
    if (Double.isNaN(value) || Double.isInfinite(value) || !allowed.test(value)) {
      throw setting.error("%s must be a number %s, not \"%s\".".formatted(name, range, text));
    }
    return value;
  }

  /** A whole number in a range. */
  public int count(String key, int least, int most) {
    String range = "from %d to %d, without a fraction".formatted(least, most);
    return (int) number(key, n -> n == Math.rint(n) && n >= least && n <= most, range);
  }

  /** One of an enum's constants, written in any case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    String text = text(key).toUpperCase(Locale.ROOT).replace('-', '_');
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> known =
                  Stream.of(type.getEnumConstants())
                      .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                      .toList();
              return at(key)
                  .error("%s must be one of %s, not \"%s\".".formatted(key, known, text(key)));
            });
  }

  /** Refuses values of which one stands twice under a key. */
  public static void distinct(Setting setting, String key, List<String> values) {
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      if (!seen.add(value)) {
        throw setting.error("\"%s\" stands twice under %s.".formatted(value, key));
      }
    }
  }

  /** A path, relative to the folder given. */
  public static Path path(Setting setting, Path folder) {
    return folder.resolve(text(setting)).normalize();
  }
}
