package io.cleave.testbed.settings;

import io.cleave.testbed.UserError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One node of a settings tree; immutable. */
public sealed interface Setting {
  /** Where a person finds it: {@code replay.yaml line 12} or {@code --planner}. */
  String where();

  /** A single value, as written; the reader decides what it means. */
  record Text(String where, String value) implements Setting {}

  /** A list. */
  record Items(String where, List<Setting> values) implements Setting {
    public Items {
      values = List.copyOf(values);
    }

    /** A list of plain values that all come from one place. */
    public static Items of(String where, List<String> values) {
      return new Items(
          where, values.stream().<Setting>map(value -> new Text(where, value)).toList());
    }
  }

  /** Keys with values, in the order of the file; a value's place is that of its key. */
  record Fields(String where, Map<String, Setting> values) implements Setting {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * These fields with those of another tree laid over them: where both have keys they are joined,
     * anything else is replaced.
     */
    public Fields with(Fields over) {
      Map<String, Setting> joined = new LinkedHashMap<>(values);
      over.values.forEach(
          (key, value) ->
              joined.merge(
                  key,
                  value,
                  (old, fresh) ->
                      old instanceof Fields below && fresh instanceof Fields above
                          ? below.with(above)
                          : fresh));
      return new Fields(over.where, joined);
    }
  }

  /** An error about this place. */
  default UserError error(String message) {
    return new UserError(where() + ": " + message);
  }
}
