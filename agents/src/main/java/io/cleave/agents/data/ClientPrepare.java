package io.cleave.agents.data;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.transport.grpc.PrepareReply;
import io.cleave.transport.grpc.PrepareRequest;
import io.cleave.transport.grpc.SlicesGrpc.SlicesStub;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One call to make slices ready, at the device. */
final class ClientPrepare implements ClientResponseObserver<PrepareRequest, PrepareReply> {
  private final Teller<Duration> teller;
  private Optional<ClientCallStreamObserver<PrepareRequest>> stream = Optional.empty();

  ClientPrepare(Teller<Duration> teller) {
    this.teller = teller;
  }

  synchronized void begin(SlicesStub stub, List<SliceReference> slices) {
    if (!teller.ended()) {
      stub.prepare(
          PrepareRequest.newBuilder()
              .addAllSlices(slices.stream().map(Messages::slice).toList())
              .build(),
          this);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<PrepareRequest> requests) {
    stream = Optional.of(requests);
  }

  @Override
  public void onNext(PrepareReply reply) {
    teller.answered(Duration.ofNanos((long) (reply.getSeconds() * 1e9)));
  }

  @Override
  public void onError(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    teller.failed(Failures.of(status), Failures.message(status));
  }

  @Override
  public void onCompleted() {
    teller.failed(Failure.BROKEN, "The server ended without a reply.");
  }

  synchronized void cancel() {
    teller.failed(Failure.CANCELLED, "Cancelled by the device.");
    stream.ifPresent(requests -> requests.cancel("Cancelled by the device.", null));
  }
}
