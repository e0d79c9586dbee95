package io.cleave.testbed.reproduce;

/**
 * A published figure beside ours.
 *
 * @param what is measured, unit included
 * @param paper as read in the paper
 * @param ours as computed here
 */
public record Comparison(String what, double paper, double ours) {
  /** Ours over theirs; 1 is equal. */
  public double ratio() {
    return ours / paper;
  }
}
