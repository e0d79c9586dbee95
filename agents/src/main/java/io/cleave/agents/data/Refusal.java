package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorFault;
import io.grpc.Status;

/** Why a call got no answer, and under which gRPC status the caller learns it. */
public enum Refusal {
  /** Messages in an order or with values that are not of the protocol. */
  MALFORMED(Status.Code.INVALID_ARGUMENT),
  /** See {@link TensorFault.Kind#NAME}. */
  NAME(Status.Code.INVALID_ARGUMENT),
  /** See {@link TensorFault.Kind#FORM}. */
  FORM(Status.Code.INVALID_ARGUMENT),
  /** See {@link TensorFault.Kind#SHAPE}. */
  SHAPE(Status.Code.INVALID_ARGUMENT),
  /** See {@link TensorFault.Kind#SIZE}. */
  SIZE(Status.Code.INVALID_ARGUMENT),
  /** See {@link TensorFault.Kind#CONTENT}. */
  CONTENT(Status.Code.INVALID_ARGUMENT),
  /** The tensors are sound, but not what the slice needs. */
  UNFIT(Status.Code.INVALID_ARGUMENT),
  /** More tensors or bytes than are ever taken. */
  TOO_LARGE(Status.Code.RESOURCE_EXHAUSTED),
  /** Other calls hold the memory now. */
  NO_MEMORY(Status.Code.RESOURCE_EXHAUSTED),
  /** As many calls as are taken are open, or the agent has enough to do. */
  BUSY(Status.Code.RESOURCE_EXHAUSTED),
  /** Nothing came for too long, or the call as a whole took too long. */
  SILENT(Status.Code.ABORTED),
  /** The server ends. */
  STOPPING(Status.Code.UNAVAILABLE),
  /** No model has this content. */
  UNKNOWN_MODEL(Status.Code.NOT_FOUND),
  /** The slice is not ready to run. */
  NOT_PREPARED(Status.Code.FAILED_PRECONDITION),
  /** The work was dropped since its deadline could not be met. */
  LATE(Status.Code.DEADLINE_EXCEEDED),
  /** The work failed. */
  FAILED(Status.Code.INTERNAL),
  /** Refused by gRPC itself: a message that is too long, or a method that is not there. */
  UNREADABLE(Status.Code.INVALID_ARGUMENT);

  private final Status.Code code;

  Refusal(Status.Code code) {
    this.code = code;
  }

  Status status() {
    return code.toStatus();
  }

  static Refusal of(TensorFault.Kind kind) {
    return switch (kind) {
      case NAME -> NAME;
      case FORM -> FORM;
      case SHAPE -> SHAPE;
      case SIZE -> SIZE;
      case CONTENT -> CONTENT;
      case LIMIT -> TOO_LARGE;
      case MEMORY -> NO_MEMORY;
    };
  }
}
