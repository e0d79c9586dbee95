package io.cleave.agents.data;

import io.cleave.agents.data.Outcome.Failure;
import io.grpc.Status;

/** What a status of gRPC means for the frame. */
final class Failures {
  private Failures() {}

  static Failure of(Status status) {
    return switch (status.getCode()) {
      // Our own cancelling is told before gRPC knows: this is the other end that goes away.
      case UNAVAILABLE, CANCELLED -> Failure.UNREACHABLE;
      case DEADLINE_EXCEEDED -> Failure.LATE;
      case RESOURCE_EXHAUSTED -> Failure.OVERLOADED;
      case NOT_FOUND -> Failure.UNKNOWN_MODEL;
      case FAILED_PRECONDITION -> Failure.NOT_PREPARED;
      case INVALID_ARGUMENT, UNIMPLEMENTED, UNAUTHENTICATED, PERMISSION_DENIED -> Failure.REFUSED;
      default -> Failure.BROKEN;
    };
  }

  /** One line for people. */
  static String message(Status status) {
    String description = String.valueOf(status.getDescription());
    boolean cause = status.getCause() != null;
    return status.getCode() + ": " + description + (cause ? " (" + status.getCause() + ")" : "");
  }
}
