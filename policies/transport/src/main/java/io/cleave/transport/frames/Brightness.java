package io.cleave.transport.frames;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import java.util.Optional;

/** What a network takes a pixel for. */
public enum Brightness {
  /** 0 for black, 1 for white: what most networks take. */
  UNIT,
  /** -1 for black, 1 for white: what networks take whose exits were measured by labelled images. */
  SIGNED;

  private static final float FULL = 255;

  /**
   * What a network takes.
   *
   * @param exits what is known of its exits; empty if nothing is
   */
  public static Brightness of(Optional<ExitStudy> exits) {
    return exits.isPresent() ? SIGNED : UNIT;
  }

  /**
   * A pixel's value.
   *
   * @param pixel 0 black to 255 white
   */
  float of(int pixel) {
    return this == UNIT ? pixel / FULL : LabelledImages.brightness((byte) pixel);
  }
}
