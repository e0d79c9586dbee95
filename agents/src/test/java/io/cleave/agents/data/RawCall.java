package io.cleave.agents.data;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Replies to a call that a test makes by hand, without the client's manners. */
final class RawCall<T> implements StreamObserver<T> {
  final BlockingQueue<T> replies = new LinkedBlockingQueue<>();
  final CompletableFuture<Status> end = new CompletableFuture<>();

  @Override
  public void onNext(T reply) {
    replies.add(reply);
  }

  @Override
  public void onError(Throwable failure) {
    if (failure instanceof StatusRuntimeException || failure instanceof StatusException) {
      end.complete(Status.fromThrowable(failure));
    } else {
      end.completeExceptionally(failure);
    }
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  Status status() throws Exception {
    return end.get(20, TimeUnit.SECONDS);
  }
}
