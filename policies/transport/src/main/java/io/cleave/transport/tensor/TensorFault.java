package io.cleave.transport.tensor;

/**
 * Tensors from outside that cannot be what their heads say. The message tells which tensor, the
 * value and the allowed range.
 */
public final class TensorFault extends RuntimeException {
  /** What is wrong, for counting. */
  public enum Kind {
    /** No name, or one that is too long or has control characters. */
    NAME,
    /** An element type, form or compression that is unknown or does not go together. */
    FORM,
    /** An axis below 0, too many axes, or more elements than any memory holds. */
    SHAPE,
    /** The number of bytes does not match the shape. */
    SIZE,
    /** More tensors or bytes than are taken. */
    LIMIT,
    /** Within the limits, but others have the memory now. */
    MEMORY,
    /** The right number of bytes, but not such bytes. */
    CONTENT
  }

  private static final long serialVersionUID = 1;
  private static final int LONGEST_QUOTE = 100;

  private final Kind kind;

  TensorFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** A foreign text, short and harmless enough for a log. */
  static String quote(String text) {
    String start = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
