package io.cleave.policies.profile;

/**
 * What a machine reaches on real networks, not its peak.
 *
 * @param flops floating-point operations per second; a multiply-accumulate counts as two
 * @param memoryBytesPerSecond reading and writing activations and weights
 * @param layerSeconds fixed cost of each layer: dispatch or kernel launch
 * @param startSeconds fixed cost of each run: handing over to the engine
 */
public record Rates(
    Flops flops, double memoryBytesPerSecond, double layerSeconds, double startSeconds) {
  public Rates {
    positive(memoryBytesPerSecond, "memory rate");
    if (!(layerSeconds >= 0 && startSeconds >= 0)
        || Double.isInfinite(layerSeconds)
        || Double.isInfinite(startSeconds)) {
      throw new IllegalArgumentException(
          "Fixed costs must be finite and at least 0 s, not %s and %s."
              .formatted(layerSeconds, startSeconds));
    }
  }

  /**
   * Arithmetic rates by kind of layer, FLOP/s.
   *
   * @param convolution dense convolutions
   * @param depthwise one filter a channel
   * @param fullyConnected matrix times vector, bound by reading the weights
   */
  public record Flops(double convolution, double depthwise, double fullyConnected) {
    public Flops {
      positive(convolution, "convolution rate");
      positive(depthwise, "depthwise rate");
      positive(fullyConnected, "fully connected rate");
    }
  }

  private static void positive(double rate, String what) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "The %s must be finite and above 0, not %s.".formatted(what, rate));
    }
  }
}
