package io.cleave.traces;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** A row of the Starlink recordings, which all have a start and an end. */
record StarlinkRow(CsvRow cells, LocalDateTime start, LocalDateTime end) {
  static final String START = "timestamp_start";
  static final String END = "timestamp_end";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  static StarlinkRow of(CsvRow cells) {
    LocalDateTime start = time(cells, START);
    LocalDateTime end = time(cells, END);
    if (!end.isAfter(start)) {
      throw cells.bad(END, "it must be later than the start, " + cells.text(START));
    }
    return new StarlinkRow(cells, start, end);
  }

  double seconds() {
    return Duration.between(start, end).toSeconds();
  }

  /** Seconds between this row and an interval; 0 if they overlap. */
  double distance(LocalDateTime from, LocalDateTime to) {
    double before = Duration.between(end, from).toSeconds();
    double after = Duration.between(to, start).toSeconds();
    return Math.max(0, Math.max(before, after));
  }

  private static LocalDateTime time(CsvRow cells, String column) {
    try {
      return LocalDateTime.parse(cells.text(column), TIME);
    } catch (DateTimeParseException e) {
      throw cells.bad(column, "a time such as 2024-01-11 10:06:39 is needed");
    }
  }
}
