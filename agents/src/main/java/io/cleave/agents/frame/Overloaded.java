package io.cleave.agents.frame;

/** A frame was not taken, since too many wait. */
public final class Overloaded extends RuntimeException {
  private static final long serialVersionUID = 1;

  Overloaded() {
    super(
        "Too many frames wait on this device. Try again later, or send fewer.", null, false, false);
  }
}
