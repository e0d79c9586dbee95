package io.cleave.policies.separable;

/** Bytes that arrived are no tile's answer; the message is one line that says where and why. */
public final class TileFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TileFormatException(String message) {
    super(message);
  }
}
