package io.cleave.testbed;

/** Input that a person gave is wrong; the message says what, where, and what would be right. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UserError(String message) {
    super(message);
  }
}
