package io.cleave.agents.infer;

/** A request that cannot be served; the message is one line for who sent it. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  BadRequest(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
