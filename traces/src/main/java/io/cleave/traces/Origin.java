package io.cleave.traces;

import java.nio.file.Path;

/** Where a trace comes from and how it was read: its name, and the words of its source. */
record Origin(TraceFormat format, Path file, ReadOptions options) {

  static Origin of(TraceFormat format, Path file, ReadOptions options) {
    return new Origin(format, file, options);
  }

  /** A trace with the constant round trip of the options. */
  Trace trace(Intervals intervals, String leftOut) {
    return trace(intervals, RoundTrip.constant(options.rttSeconds()), leftOut);
  }

  /**
   * A trace.
   *
   * @param leftOut what the reader did not use, in words; empty for nothing
   */
  Trace trace(Intervals intervals, RoundTrip roundTrip, String leftOut) {
    return intervals.trace(file.toString(), name(), source(leftOut), roundTrip);
  }

  String name() {
    return options.name().orElse(stem());
  }

  String source(String leftOut) {
    String read = "%s, read as %s".formatted(file.getFileName(), format.id());
    return leftOut.isEmpty() ? read : read + "; " + leftOut;
  }

  /** The file's name without a known ending; dots inside a name are kept. */
  private String stem() {
    return String.valueOf(file.getFileName()).replaceFirst("\\.(csv|json|txt|log|up|down)$", "");
  }
}
