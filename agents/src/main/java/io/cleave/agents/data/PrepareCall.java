package io.cleave.agents.data;

import io.cleave.transport.grpc.PrepareReply;
import io.cleave.transport.grpc.PrepareRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One call to make slices ready, at the server. */
final class PrepareCall {
  private static final int MOST_SLICES = 256;

  private final Reception reception;
  private final ServerCallStreamObserver<PrepareReply> replies;
  private final CallGuard guard;
  private final long startNanos = System.nanoTime();
  private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
  private boolean over;

  private PrepareCall(Reception reception, ServerCallStreamObserver<PrepareReply> replies) {
    this.reception = reception;
    this.replies = replies;
    this.guard = new CallGuard(reception, this::refuse);
  }

  static void open(
      Reception reception, PrepareRequest request, ServerCallStreamObserver<PrepareReply> replies) {
    PrepareCall call = new PrepareCall(reception, replies);
    replies.setOnCancelHandler(call::cancelled);
    replies.setOnCloseHandler(call::cancelled);
    call.begin(request);
  }

  private synchronized void begin(PrepareRequest request) {
    try {
      guard.enter();
      guard.waitPatiently();
      List<SliceReference> slices = slices(request);
      work = reception.workbench().prepare().apply(slices);
      Futures.whenDone(work, reception.executor(), (nothing, failure) -> prepared(failure));
    } catch (IllegalArgumentException e) {
      refuse(new Refused(Refusal.MALFORMED, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      refuse(Refused.of(e));
    }
  }

  private static List<SliceReference> slices(PrepareRequest request) {
    int count = request.getSlicesCount();
    if (count < 1 || count > MOST_SLICES) {
      throw new Refused(
          count < 1 ? Refusal.MALFORMED : Refusal.TOO_LARGE,
          "1 to %d slices are prepared at once, not %d.".formatted(MOST_SLICES, count));
    }
    return request.getSlicesList().stream().map(Messages::slice).toList();
  }

  private synchronized void prepared(Throwable failure) {
    if (over) {
      return;
    }
    if (failure != null) {
      refuse(Refused.of(failure));
      return;
    }
    over();
    reception.counts().add(DataEvent.PREPARED);
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    replies.onNext(PrepareReply.newBuilder().setSeconds(seconds).build());
    replies.onCompleted();
  }

  private synchronized void cancelled() {
    if (!over) {
      over();
      work.cancel(true);
    }
  }

  private synchronized void refuse(Refused refused) {
    if (!over) {
      over();
      work.cancel(true);
      guard.refuse(refused, replies);
    }
  }

  private void over() {
    over = true;
    guard.leave();
  }
}
