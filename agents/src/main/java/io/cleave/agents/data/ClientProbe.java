package io.cleave.agents.data;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.transport.grpc.ProbeReply;
import io.cleave.transport.grpc.ProbeRequest;
import io.cleave.transport.grpc.SlicesGrpc.SlicesStub;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Optional;

/**
 * One probe of a link, at the device. The reply's headers are the server's first word: they cross
 * in an HTTP/2 frame of their own, while messages that follow each other may share one, which is
 * heard only when all of it is across.
 */
final class ClientProbe implements ClientResponseObserver<ProbeRequest, ProbeReply> {
  private final int upBytes;
  private final int downBytes;
  private final Teller<ProbeResult> teller;
  private final LinkMemory memory;
  private final SendWindow window;
  private Optional<ClientCallStreamObserver<ProbeRequest>> stream = Optional.empty();
  private Optional<Upload<ProbeRequest>> upload = Optional.empty();
  private long beginNanos;
  private long firstNanos;
  private long arrivedNanos;
  private long downloadedBytes;

  ClientProbe(int upBytes, int downBytes, Teller<ProbeResult> teller, LinkMemory memory) {
    this.upBytes = upBytes;
    this.downBytes = downBytes;
    this.teller = teller;
    this.memory = memory;
    this.window = memory.window();
  }

  synchronized void begin(SlicesStub stub) {
    if (!teller.ended()) {
      stub.withInterceptors(new Headers(this::firstWord)).probe(this);
    }
  }

  private synchronized void firstWord() {
    firstNanos = System.nanoTime();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ProbeRequest> requests) {
    stream = Optional.of(requests);
    requests.setOnReadyHandler(this::send);
  }

  private synchronized void send() {
    if (teller.ended() || stream.isEmpty()) {
      return;
    }
    ClientCallStreamObserver<ProbeRequest> requests = stream.get();
    if (upload.isEmpty() && requests.isReady()) {
      beginNanos = System.nanoTime();
      requests.onNext(ProbeRequest.newBuilder().setAnswerBytes(downBytes).build());
      upload =
          Optional.of(
              new Upload<>(
                  upBytes,
                  most -> Noise.bytes(Math.min(most, upBytes - window.sentBytes())),
                  chunk -> ProbeRequest.newBuilder().setChunk(chunk).build(),
                  window,
                  0));
    }
    upload.ifPresent(sending -> sending.send(requests));
  }

  @Override
  public synchronized void onNext(ProbeReply reply) {
    if (teller.ended()) {
      return;
    }
    switch (reply.getPartCase()) {
      case RECEIVED_BYTES -> {
        long now = System.nanoTime();
        boolean sound = window.acknowledged(reply.getReceivedBytes(), now);
        if (sound && reply.getReceivedBytes() == upBytes) {
          arrivedNanos = now;
        }
        teller.uploaded(window.acknowledgedBytes());
        send();
      }
      case CHUNK -> {
        downloadedBytes += reply.getChunk().size();
        teller.downloaded(downloadedBytes);
      }
      case PART_NOT_SET -> stop(Failure.BROKEN, "A reply to a probe has no part.");
    }
  }

  @Override
  public synchronized void onCompleted() {
    if (teller.ended()) {
      return;
    }
    if (window.acknowledgedBytes() != upBytes || downloadedBytes != downBytes) {
      stop(
          Failure.BROKEN,
          "The probe ended after %d of %d bytes up and %d of %d down."
              .formatted(window.acknowledgedBytes(), upBytes, downloadedBytes, downBytes));
      return;
    }
    long now = System.nanoTime();
    long first = firstNanos == 0 ? now : firstNanos;
    memory.learn(window);
    teller.answered(
        new ProbeResult(
            (first - beginNanos) * 1e-9,
            upBytes == 0 ? 0 : (arrivedNanos - beginNanos) * 1e-9,
            downBytes == 0 ? 0 : (now - first) * 1e-9));
  }

  @Override
  public synchronized void onError(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    memory.learn(window);
    teller.failed(Failures.of(status), Failures.message(status));
  }

  void cancel() {
    stop(Failure.CANCELLED, "Cancelled by the device.");
  }

  private synchronized void stop(Failure failure, String message) {
    if (!teller.ended()) {
      teller.failed(failure, message);
      memory.learn(window);
      stream.ifPresent(requests -> requests.cancel(message, null));
    }
  }
}
