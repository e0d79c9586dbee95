package io.cleave.policies.catalog;

/**
 * One thing that can be set about a planner.
 *
 * @param key as written in an experiment, {@code hedge}
 * @param standard value if it is not set, as written
 * @param allowed values, for people: {@code on or off}
 * @param meaning one sentence for people
 */
public record Option(String key, String standard, String allowed, String meaning) {
  /** The same with another standard. */
  Option with(String newStandard) {
    return new Option(key, newStandard, allowed, meaning);
  }
}
