package io.cleave.policies.cost;

/** What is under way while a shared stage is, step by step. */
sealed interface Moving permits Trip, Handing {
  /** When its next step can begin, if it can. */
  double ready();

  /** True if it has a next step that need not wait for anything but time. */
  boolean canGoOn();

  /** Takes the next step. */
  void advance(Resources resources);
}
