package io.cleave.policies.plan;

/** With which numbers a machine computes. */
public enum Precision {
  /** Single precision, as networks are trained. */
  FLOAT32,
  /** Whole numbers of eight bits, by the notes in the model's file; docs/methods/auto-tuning.md. */
  INT8
}
