package io.cleave.policies;

import java.util.stream.LongStream;

/** Seeds for parameterised tests; a failing case shows its seed. */
public final class Seeds {
  private Seeds() {}

  public static LongStream ten() {
    return LongStream.range(0, 10);
  }

  public static LongStream hundred() {
    return LongStream.range(0, 100);
  }

  public static LongStream threeHundred() {
    return LongStream.range(0, 300);
  }

  /** The first seed of each of twenty batches of {@link #BATCH} seeds: 2,000 in all. */
  public static LongStream batches() {
    return LongStream.range(0, 20).map(batch -> batch * BATCH);
  }

  public static final int BATCH = 100;
}
