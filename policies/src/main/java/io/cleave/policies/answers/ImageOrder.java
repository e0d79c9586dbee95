package io.cleave.policies.answers;

import java.util.SplittableRandom;

/** In which order images are shown: as they lie, over and over, beginning where the seed says. */
public final class ImageOrder {
  private ImageOrder() {}

  /**
   * The place of the image that a frame shows.
   *
   * @param frame from 0
   * @param count of images, at least 1
   */
  public static int place(long seed, long frame, int count) {
    int first = new SplittableRandom(seed).nextInt(count);
    return (int) Math.floorMod(first + frame, (long) count);
  }
}
