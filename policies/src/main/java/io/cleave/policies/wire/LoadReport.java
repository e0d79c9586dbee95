package io.cleave.policies.wire;

/**
 * How busy an agent's machine is.
 *
 * @param queueSeconds that new work waits before it is served, at least 0
 * @param slowdown of work beside the unloaded machine, above 0; 1 is unloaded
 */
public record LoadReport(double queueSeconds, double slowdown) {
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
  }
}
