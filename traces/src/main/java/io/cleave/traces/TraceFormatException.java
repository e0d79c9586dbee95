package io.cleave.traces;

/** A recording that cannot be read as what it is taken for; the message is one line. */
public final class TraceFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TraceFormatException(String message) {
    super(message);
  }

  /**
   * A bad cell.
   *
   * @param file as the user named it
   * @param line from 1
   * @param column its name, or its number from 1
   * @param value as it stands there
   * @param advice what would be right
   */
  public TraceFormatException(String file, long line, String column, String value, String advice) {
    super("%s:%d %s: '%s': %s".formatted(file, line, column, value, advice));
  }
}
