package io.cleave.testbed.live;

/** A program of the local world did not start or did not stay; the message has its last words. */
public final class ProgramFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProgramFailed(String message) {
    super(message);
  }
}
