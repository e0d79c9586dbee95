package io.cleave.agents.dnn;

/**
 * How much a library keeps ready.
 *
 * @param slices at most, at least 1
 * @param bytes of ONNX files at most, at least 1; in memory slices take up to twice as much
 * @param threads that one run may use, at least 1
 */
public record SliceLimits(int slices, long bytes, int threads) {
  /** 64 slices of together 2 GiB, one thread a run. */
  public static final SliceLimits USUAL = new SliceLimits(64, 2L << 30, 1);

  /** The same with so many bytes, if that is less. */
  public SliceLimits within(long memoryBytes) {
    return new SliceLimits(slices, Math.max(1, Math.min(bytes, memoryBytes)), threads);
  }

  public SliceLimits {
    if (slices < 1 || bytes < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "Slices, bytes and threads must be at least 1, not %d, %d and %d."
              .formatted(slices, bytes, threads));
    }
  }
}
