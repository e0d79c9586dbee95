package io.cleave.policies.plan;

/**
 * While the answer is awaited the device carries on locally after a delay; the first answer wins
 * and the other is cancelled.
 *
 * @param delaySeconds from the moment the device hands over its tensor; at least 0, infinite for
 *     never
 */
public record Hedge(double delaySeconds) {
  public static final Hedge NEVER = new Hedge(Double.POSITIVE_INFINITY);
  public static final Hedge AT_ONCE = new Hedge(0);

  public Hedge {
    if (!(delaySeconds >= 0)) {
      throw new IllegalArgumentException(
          "A hedge delay must be at least 0 s, or infinite for never, not %s."
              .formatted(delaySeconds));
    }
  }

  public boolean armed() {
    return delaySeconds < Double.POSITIVE_INFINITY;
  }
}
