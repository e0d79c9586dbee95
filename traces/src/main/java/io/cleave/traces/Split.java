package io.cleave.traces;

/** What a built-in recording may be used for; fixed, so that results stay comparable. */
public enum Split {
  /** Policies may learn from it. */
  TRAIN,
  /** Settings may be chosen on it. */
  VALIDATION,
  /** Only judged on. */
  TEST
}
