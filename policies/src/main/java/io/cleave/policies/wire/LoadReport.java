package io.cleave.policies.wire;

/**
 * How busy an agent's machine is.
 *
 * @param queueSeconds that new work waits before it is served, at least 0
 * @param slowdown of work beside the unloaded machine, above 0; 1 is unloaded
 * @param memoryBytes that one plan may take, weights and tensors together, at least 0; {@link
 *     #UNLIMITED} if any plan may
 */
public record LoadReport(double queueSeconds, double slowdown, long memoryBytes) {
  /** More memory than any plan takes. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  public static final LoadReport IDLE = new LoadReport(0, 1);

  public LoadReport {
    if (!(queueSeconds >= 0) || Double.isInfinite(queueSeconds)) {
      throw new IllegalArgumentException(
          "A queue must be finite and at least 0 s, not %s.".formatted(queueSeconds));
    }
    if (!(slowdown > 0) || Double.isInfinite(slowdown)) {
      throw new IllegalArgumentException(
          "A slowdown must be finite and above 0, not %s. Maybe it was sent in per cent."
              .formatted(slowdown));
    }
    if (memoryBytes < 0) {
      throw new IllegalArgumentException(
          "Memory must be at least 0 bytes, not %d.".formatted(memoryBytes));
    }
  }

  /** The same, of a machine on which a plan may take so much. */
  public LoadReport with(long newMemoryBytes) {
    return new LoadReport(queueSeconds, slowdown, newMemoryBytes);
  }

  /** Of a machine on which any plan has room. */
  public LoadReport(double queueSeconds, double slowdown) {
    this(queueSeconds, slowdown, UNLIMITED);
  }
}
