package io.cleave.testbed.chart;

/**
 * The unit in which a length of time is easy to read.
 *
 * @param unit as an axis names it
 * @param seconds one of it
 */
record TimeAxis(String unit, double seconds) {
  static TimeAxis of(double period) {
    if (period <= 600) {
      return new TimeAxis("s", 1);
    }
    return period <= 4 * 3600 ? new TimeAxis("min", 60) : new TimeAxis("h", 3600);
  }

  String label(double atSeconds) {
    return ShortNumber.of(atSeconds / seconds) + " " + unit;
  }
}
