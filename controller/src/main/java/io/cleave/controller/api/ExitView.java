package io.cleave.controller.api;

import io.cleave.policies.answers.ExitRule;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Where frames may leave under a plan.
 *
 * @param output of the network that answers there, 1 for the first
 * @param signal what the threshold is compared with: entropy or confidence
 * @param threshold below which entropy, or from which on confidence lets a frame leave; absent
 *     where every frame leaves
 */
record ExitView(int output, String signal, OptionalDouble threshold) {
  static List<ExitView> of(ExitRule rule) {
    return IntStream.range(0, rule.size()).mapToObj(place -> of(rule, place)).toList();
  }

  private static ExitView of(ExitRule rule, int place) {
    return new ExitView(
        rule.exits().get(place) + 1,
        rule.signal().name().toLowerCase(Locale.ROOT),
        place < rule.thresholds().size()
            ? OptionalDouble.of(rule.thresholds().get(place))
            : OptionalDouble.empty());
  }
}
