package io.cleave.testbed.world;

/**
 * What a call between device and server carries besides its tensors: heads, frames, words of
 * receipt. It takes its time on the link and counts neither as payload nor for the estimate of the
 * rate, just as real agents measure by payload alone; planners do not know of it.
 *
 * @param up bytes towards the server, at least 0
 * @param down bytes with the answer, at least 0
 */
public record CallBytes(double up, double down) {
  public static final CallBytes NONE = new CallBytes(0, 0);

  private static final double BYTE = 8;

  public CallBytes {
    if (!(up >= 0) || !(down >= 0)) {
      throw new IllegalArgumentException(
          "A call's own bytes must be at least 0 each way, not %s and %s.".formatted(up, down));
    }
  }

  double upBits() {
    return BYTE * up;
  }

  double downBits() {
    return BYTE * down;
  }
}
