package io.cleave.agents.settings;

/** How generated frames come in. */
public enum Arrivals {
  /** At a fixed rate, as from a camera; the seed shifts the phase. */
  PERIODIC,
  /** As a Poisson process, as from people. */
  POISSON
}
