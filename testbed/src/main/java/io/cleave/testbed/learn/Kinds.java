package io.cleave.testbed.learn;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which kinds of plans a planner made how often: one that always does the same has collapsed. */
record Kinds(Map<Score.Kind, Long> frames) {
  static Kinds of(List<Score> scores) {
    Map<Score.Kind, Long> frames = new EnumMap<>(Score.Kind.class);
    for (Score score : scores) {
      score.kinds().forEach((kind, count) -> frames.merge(kind, count, Long::sum));
    }
    return new Kinds(frames);
  }

  private double all() {
    return frames.values().stream().mapToLong(Long::longValue).sum();
  }

  /** In nats; 0 if all plans are of one kind. */
  double entropy() {
    double entropy = 0;
    for (long count : frames.values()) {
      entropy -= count / all() * Math.log(count / all());
    }
    return entropy + 0.0; // no minus sign before a zero
  }

  /** Shares in per cent, in the order of the kinds: local, split, hedged, remote, hedged. */
  String shares() {
    StringBuilder shares = new StringBuilder();
    for (Score.Kind kind : Score.Kind.values()) {
      double share = frames.getOrDefault(kind, 0L) / all();
      shares.append(shares.isEmpty() ? "" : "/");
      shares.append(String.format(Locale.ROOT, "%.0f", 100 * share));
    }
    return shares.toString();
  }
}
