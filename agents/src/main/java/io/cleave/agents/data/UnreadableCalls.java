package io.cleave.agents.data;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/**
 * Counts the calls that gRPC itself ends, before the message reaches us: one that is longer than
 * allowed, or bytes that are no message.
 */
final class UnreadableCalls extends ServerStreamTracer.Factory {
  private final DataCounts counts;

  UnreadableCalls(DataCounts counts) {
    this.counts = counts;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        System.err.println("TRACER " + fullMethodName + " " + status);
        if (status.getCode() == Status.Code.UNKNOWN) {
          counts.add(Refusal.UNREADABLE);
        }
      }
    };
  }
}
