package io.cleave.transport.tensor;

/** Which whole numbers may stand for a value. */
enum StepRange {
  /** A byte. */
  EIGHT_BITS(Byte.MIN_VALUE, Byte.MAX_VALUE),
  /** Half a byte. */
  FOUR_BITS(0, 15);

  private final int least;
  private final int most;

  StepRange(int least, int most) {
    this.least = least;
    this.most = most;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /** From the least to the most. */
  int steps() {
    return most - least;
  }

  boolean contains(int step) {
    return step >= least && step <= most;
  }
}
