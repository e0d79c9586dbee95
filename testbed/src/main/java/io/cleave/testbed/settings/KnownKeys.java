package io.cleave.testbed.settings;

import io.cleave.policies.spelling.Nearest;
import io.cleave.testbed.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys that a kind of settings file may hold, by the path of the keys above them: {@code ""} is
 * the top, {@code servers} the entries of the list with that key. A path that is not named may hold
 * anything.
 */
public record KnownKeys(Map<String, List<String>> byPath) {
  public KnownKeys {
    byPath = Map.copyOf(byPath);
  }

  /**
   * Refuses unknown keys, all at once.
   *
   * @throws UserError that names every unknown key, its place, and the nearest known one
   */
  public void check(Setting tree) {
    List<String> problems = new ArrayList<>();
    collect("", tree, problems);
    if (!problems.isEmpty()) {
      throw new UserError(String.join("; ", problems));
    }
  }

  private void collect(String path, Setting tree, List<String> problems) {
    if (tree instanceof Setting.Items items) {
      items.values().forEach(item -> collect(path, item, problems));
    } else if (tree instanceof Setting.Fields fields) {
      List<String> known = byPath.getOrDefault(path, List.of());
      fields
          .values()
          .forEach(
              (key, value) -> {
                if (known.isEmpty() || known.contains(key)) {
                  collect(path.isEmpty() ? key : path + "." + key, value, problems);
                } else {
                  problems.add(
                      "%s: there is no key \"%s\". Maybe you mean \"%s\"."
                          .formatted(value.where(), key, Nearest.of(key, known)));
                }
              });
    }
  }
}
