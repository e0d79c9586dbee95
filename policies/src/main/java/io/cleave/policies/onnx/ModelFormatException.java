package io.cleave.policies.onnx;

/** A model cannot be used; the message is one line that names the node or tensor and the reason. */
public final class ModelFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ModelFormatException(String message) {
    super(oneLine(message));
  }

  ModelFormatException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Names from a damaged file may hold anything. */
  private static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}", "?");
  }
}
