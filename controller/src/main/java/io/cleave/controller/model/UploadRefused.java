package io.cleave.controller.model;

/** An upload that is too long, not what its hash says, or no model. */
public final class UploadRefused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final boolean tooLong;

  UploadRefused(String message, boolean tooLong) {
    super(message);
    this.tooLong = tooLong;
  }

  /** True if the length alone was the reason. */
  public boolean tooLong() {
    return tooLong;
  }
}
