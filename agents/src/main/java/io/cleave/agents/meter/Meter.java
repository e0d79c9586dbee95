package io.cleave.agents.meter;

import java.io.IOException;

/** Something of the machine that tells what it has drawn. Not thread-safe. */
interface Meter {
  /** What it measures, for people: {@code package-0} or {@code BAT0}. */
  String name();

  /**
   * Joules since it was asked for the first time.
   *
   * @param seconds of any clock that does not go back
   * @throws IOException if it cannot be read
   * @throws NumberFormatException if it tells no number
   */
  double joules(double seconds) throws IOException;
}
