package io.cleave.agents.data;

import io.cleave.transport.tensor.TensorFault;
import java.util.concurrent.CompletionException;

/** A call that gets no answer. The message is for the caller: the value, the range, advice. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  /** Refuses, and says why in one line. */
  public Refused(Refusal refusal, String message) {
    super(message);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }

  /** What a failure means for the caller. */
  static Refused of(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    if (failure instanceof Refused refused) {
      return refused;
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof TensorFault fault) {
      return new Refused(Refusal.of(fault.kind()), message);
    }
    return new Refused(Refusal.FAILED, failure.getClass().getSimpleName() + ": " + message);
  }
}
