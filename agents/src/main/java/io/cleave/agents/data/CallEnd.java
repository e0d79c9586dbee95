package io.cleave.agents.data;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/**
 * Knows whether gRPC itself ended a call, for a message that is too long or a method that is not
 * there: such calls never reach us as what they are. Counts them.
 */
final class CallEnd extends ServerStreamTracer {
  private static final Context.Key<CallEnd> KEY = Context.key("call-end");

  private final DataCounts counts;
  private volatile boolean ours;
  private volatile boolean unreadable;

  CallEnd(DataCounts counts) {
    this.counts = counts;
  }

  static ServerStreamTracer.Factory counting(DataCounts counts) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new CallEnd(counts);
      }
    };
  }

  /** The end of the call that is being opened on this thread. */
  static CallEnd ofThisCall() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  /** From now on an error is our own refusal. */
  void refusing() {
    ours = true;
  }

  boolean unreadable() {
    return unreadable;
  }

  @Override
  public void streamClosed(Status status) {
    boolean refused =
        switch (status.getCode()) {
          case OK, CANCELLED, UNAVAILABLE, DEADLINE_EXCEEDED -> false;
          default -> true;
        };
    if (refused && !ours) {
      unreadable = true;
      counts.add(Refusal.UNREADABLE);
    }
  }
}
