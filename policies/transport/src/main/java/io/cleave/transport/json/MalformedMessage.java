package io.cleave.transport.json;

/**
 * Bytes from outside are not the message that they ought to be. The text is one line that names the
 * field, what it holds, shortened, and what it may hold.
 *
 * <p>It has no stack trace: whoever sends a flood of bad messages shall not cost us more than that.
 */
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 100;

  /** What is wrong, as counters name it. */
  public enum Kind {
    /** No JSON, not all of it JSON, or a field twice. */
    NOT_JSON,
    /** More bytes, depth, text or elements than {@link WireLimits} has. */
    TOO_LARGE,
    /** Another format number than {@value WireJson#FORMAT}. */
    UNKNOWN_VERSION,
    /** A field that must be there is not. */
    MISSING,
    /** Text for a number and the like; {@code null} for anything. */
    WRONG_TYPE,
    /** A value that the field cannot have. */
    OUT_OF_RANGE,
    /** Values that are possible one by one, but not together. */
    CONTRADICTORY
  }

  private final Kind kind;

  MalformedMessage(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** What a record's constructor or a text's reader says of values from outside. */
  static MalformedMessage of(Kind kind, String field, IllegalArgumentException refusal) {
    return new MalformedMessage(kind, field + ": " + shown(String.valueOf(refusal.getMessage())));
  }

  public Kind kind() {
    return kind;
  }

  /** Foreign text as it may stand in a log: printable and at most 100 characters. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder(SHOWN);
    text.codePoints()
        .limit(text.length() > SHOWN ? SHOWN - 3 : SHOWN)
        .forEach(c -> shown.appendCodePoint(Text.printable(c) ? c : '?'));
    return text.length() > SHOWN ? shown.append("...").toString() : shown.toString();
  }
}
