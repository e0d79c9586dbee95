package io.cleave.testbed.codecs;

/** Who says which answers are right. */
public enum Judge {
  /** Whoever labelled the frames. */
  LABELS,
  /**
   * The network itself without a codec: an answer is right if it is the same. Right answers that
   * are lost are at most those that are others.
   */
  SAME_ANSWER,
  /** Nobody; bytes alone are measured, and no answer counts as lost. */
  NOBODY
}
