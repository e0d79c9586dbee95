package io.cleave.traces;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of a recording in cells, each read with its place at hand.
 *
 * @param line counted from 1
 */
record Row(Path file, long line, List<String> cells) {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** True for {@code -} and for an empty cell: neither is a zero. */
  boolean missing(int column) {
    String cell = cells.get(column).strip();
    return cell.isEmpty() || cell.equals("-");
  }

  double number(int column, String what) {
    String cell = cells.get(column).strip();
    double value = isNumber(cell) ? Double.parseDouble(cell) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw wrong(column, "is not a number (%s).".formatted(what));
    }
    return value;
  }

  double atLeastZero(int column, String what) {
    double value = number(column, what);
    if (value < 0) {
      throw wrong(column, "must be at least 0 (%s).".formatted(what));
    }
    return value;
  }

  /** Bit/s of a cell that holds a rate in this unit. */
  double rate(int column, RateUnit unit) {
    return unit.toBitsPerSecond(atLeastZero(column, "a rate in " + unit.label()));
  }

  /** Whole seconds on an unnamed wall clock. */
  double time(int column, DateTimeFormatter format, String shape) {
    try {
      LocalDateTime time = LocalDateTime.parse(cells.get(column).strip(), format);
      return (double) time.toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw wrong(column, "is not a time of the form %s.".formatted(shape));
    }
  }

  TraceFormatException wrong(int column, String problem) {
    return new TraceFormatException(file, line, column + 1, cells.get(column), problem);
  }

  TraceFormatException goesBack(int column) {
    return wrong(column, "is earlier than the time before it; time must not go back.");
  }

  static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches();
  }
}
