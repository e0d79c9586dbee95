package io.cleave.policies.onnx;

/**
 * Between which values a tensor's lie.
 *
 * @param low finite
 * @param high finite, at least {@code low}
 */
public record ValueRange(double low, double high) {
  /** Steps between 0 and 255. */
  private static final int STEPS = 255;

  public ValueRange {
    if (!(low <= high && low > Double.NEGATIVE_INFINITY && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A range must be finite and not end before it begins, not %s..%s.".formatted(low, high));
    }
  }

  /** The least range that holds both. */
  public ValueRange union(ValueRange other) {
    return new ValueRange(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** What a step of eight bits means; 0 is always among the values that are told exactly. */
  float scale() {
    float scale = (float) ((Math.max(high, 0) - Math.min(low, 0)) / STEPS);
    return scale >= Float.MIN_NORMAL ? scale : 1;
  }

  /** The step that means 0, in 0..255. */
  int zeroPoint() {
    return (int) Math.max(0, Math.min(STEPS, Math.rint(-Math.min(low, 0) / scale())));
  }
}
