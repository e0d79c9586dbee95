package io.cleave.transport.frames;

/** Not an image that this network can take; the message is one line. */
public final class ImageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ImageException(String message) {
    super(message);
  }
}
