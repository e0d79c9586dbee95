package io.cleave.policies.memory;

import java.util.Locale;

/**
 * Bytes of memory that some work needs on one machine.
 *
 * @param weightBytes parameters of the slices that it runs, each slice with a copy of its own
 * @param tensorBytes of the tensors that are alive at the same moment, at the worst one
 */
public record Need(long weightBytes, long tensorBytes) {
  /** Of a machine that takes no part. */
  public static final Need NONE = new Need(0, 0);

  private static final double MEBI = 1 << 20;

  public Need {
    if (weightBytes < 0 || tensorBytes < 0) {
      throw new IllegalArgumentException(
          "A need is at least 0 bytes, not %d of weights and %d of tensors."
              .formatted(weightBytes, tensorBytes));
    }
  }

  /** Weights and tensors together. */
  public long bytes() {
    return Math.addExact(weightBytes, tensorBytes);
  }

  /** Both on one machine, one after the other: weights stay, tensors do not. */
  Need then(Need next) {
    return new Need(
        Math.addExact(weightBytes, next.weightBytes), Math.max(tensorBytes, next.tensorBytes));
  }

  /** The same with other tensors beside it all the time. */
  Need beside(long moreTensorBytes) {
    return new Need(weightBytes, Math.addExact(tensorBytes, moreTensorBytes));
  }

  /** Bytes as people read them: {@code 12.5 MiB}. */
  public static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBI);
  }

  /** As people read it: {@code 12.5 MiB (weights 9.0 MiB and tensors 3.5 MiB)}. */
  @Override
  public String toString() {
    return "%s (weights %s and tensors %s)"
        .formatted(mebibytes(bytes()), mebibytes(weightBytes), mebibytes(tensorBytes));
  }
}
