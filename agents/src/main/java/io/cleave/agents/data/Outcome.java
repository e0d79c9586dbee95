package io.cleave.agents.data;

/** How a call ended: with what was asked for, or without. */
public sealed interface Outcome<T> {
  /** It was answered. */
  record Answered<T>(T result) implements Outcome<T> {}

  /**
   * It was not.
   *
   * @param message for people: what happened, in one line
   */
  record Failed<T>(Failure failure, String message) implements Outcome<T> {}

  /** Why there is no answer. */
  enum Failure {
    /** The caller cancelled. */
    CANCELLED,
    /** The deadline passed. */
    LATE,
    /** There is no connection, or it broke. */
    UNREACHABLE,
    /** The server has too much to do, or the tensors are too large. */
    OVERLOADED,
    /** The server does not have the model. */
    UNKNOWN_MODEL,
    /** The server has not prepared the slice. */
    NOT_PREPARED,
    /** The server does not take the call as it is: one of the two is wrong. */
    REFUSED,
    /** The work failed at the server, or its answer made no sense. */
    BROKEN
  }
}
