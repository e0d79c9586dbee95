package io.cleave.traces;

import java.nio.file.Path;

/** A recording that cannot be read: the message is one line with file, line, column and value. */
public final class TraceFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_SHOWN = 60;

  private final String file;
  private final long line;
  private final int column;
  private final String value;

  /**
   * One value is wrong.
   *
   * @param line counted from 1; 0 if the whole file is meant
   * @param column counted from 1; 0 if the whole line is meant
   * @param value as it stands in the file
   * @param problem what is wrong with it and what would be right
   */
  public TraceFormatException(Path file, long line, int column, String value, String problem) {
    super(message(file, line, column, value, problem));
    this.file = file.toString();
    this.line = line;
    this.column = column;
    this.value = value;
  }

  /** The whole file is wrong. */
  TraceFormatException(Path file, String problem) {
    this(file, 0, 0, "", problem);
  }

  public Path path() {
    return Path.of(file);
  }

  public long line() {
    return line;
  }

  public int column() {
    return column;
  }

  public String value() {
    return value;
  }

  private static String message(Path file, long line, int column, String value, String problem) {
    StringBuilder text = new StringBuilder().append(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    if (column > 0) {
      text.append(" column ").append(column);
    }
    text.append(": ");
    if (line > 0) {
      text.append('\'').append(shown(value)).append("' ");
    }
    return text.append(problem).toString();
  }

  private static String shown(String value) {
    String printable = value.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST_SHOWN
        ? printable
        : printable.substring(0, LONGEST_SHOWN) + "...";
  }
}
