package io.cleave.agents.data;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.ProbeReply;
import io.cleave.transport.grpc.ProbeRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** One probe of a link, at the server: bytes come and are acknowledged, or bytes go. */
final class ProbeCall implements StreamObserver<ProbeRequest> {
  /** A probe is for an idle link, and small: no more than this each way. */
  static final long MOST_BYTES = 4 << 20;

  private final Reception reception;
  private final ServerCallStreamObserver<ProbeReply> replies;
  private final CallGuard guard;
  private final Acknowledgements acknowledgements =
      new Acknowledgements(Long.MAX_VALUE, System.nanoTime());
  private boolean begun;
  private boolean answering;
  private boolean over;
  private long receivedBytes;
  private long toldBytes;
  private long bytesToAnswer;

  private ProbeCall(Reception reception, ServerCallStreamObserver<ProbeReply> replies) {
    this.reception = reception;
    this.replies = replies;
    this.guard = new CallGuard(reception, this::refuse);
  }

  static StreamObserver<ProbeRequest> open(
      Reception reception, ServerCallStreamObserver<ProbeReply> replies) {
    ProbeCall call = new ProbeCall(reception, replies);
    replies.setOnCancelHandler(call::cancelled);
    replies.setOnCloseHandler(call::cancelled);
    replies.setOnReadyHandler(call::send);
    call.attempt(call.guard::enter);
    return call;
  }

  @Override
  public synchronized void onNext(ProbeRequest request) {
    guard.progress();
    attempt(
        () -> {
          switch (request.getPartCase()) {
            case ANSWER_BYTES -> begin(request.getAnswerBytes());
            case CHUNK -> take(request.getChunk());
            case PART_NOT_SET ->
                throw new Refused(Refusal.MALFORMED, "A message has a number or a chunk.");
          }
        });
  }

  private void begin(long answerBytes) {
    if (begun) {
      throw new Refused(Refusal.MALFORMED, "A probe begins once, not twice.");
    }
    begun = true;
    checkSize(answerBytes);
    bytesToAnswer = answerBytes;
  }

  private void take(ByteString chunk) {
    if (!begun) {
      throw new Refused(Refusal.MALFORMED, "A probe begins with the bytes wanted back.");
    }
    receivedBytes += chunk.size();
    checkSize(receivedBytes);
    if (acknowledgements.due(receivedBytes, System.nanoTime())) {
      tell();
    }
  }

  private void tell() {
    toldBytes = receivedBytes;
    replies.onNext(ProbeReply.newBuilder().setReceivedBytes(receivedBytes).build());
  }

  private static void checkSize(long bytes) {
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new Refused(
          Refusal.TOO_LARGE,
          "A probe carries 0 to %d bytes each way, not %d.".formatted(MOST_BYTES, bytes));
    }
  }

  @Override
  public synchronized void onCompleted() {
    attempt(
        () -> {
          if (receivedBytes > toldBytes) {
            tell();
          }
          answering = true;
          guard.waitPatiently();
          send();
        });
  }

  private synchronized void send() {
    if (!answering || over) {
      return;
    }
    while (bytesToAnswer > 0 && replies.isReady()) {
      ByteString chunk = Noise.bytes(bytesToAnswer);
      bytesToAnswer -= chunk.size();
      replies.onNext(ProbeReply.newBuilder().setChunk(chunk).build());
    }
    if (bytesToAnswer == 0) {
      reception.counts().add(DataEvent.PROBED);
      over();
      replies.onCompleted();
    }
  }

  @Override
  public void onError(Throwable failure) {
    cancelled();
  }

  private synchronized void cancelled() {
    if (!over) {
      over();
    }
  }

  private void attempt(Runnable step) {
    if (over) {
      return;
    }
    try {
      step.run();
    } catch (Refused e) {
      refuse(e);
    }
  }

  private synchronized void refuse(Refused refused) {
    if (!over) {
      over();
      guard.refuse(refused, replies);
    }
  }

  private void over() {
    over = true;
    guard.leave();
  }
}
