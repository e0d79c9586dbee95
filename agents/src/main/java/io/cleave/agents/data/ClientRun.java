package io.cleave.agents.data;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.transport.grpc.AnswerHead;
import io.cleave.transport.grpc.RunHead;
import io.cleave.transport.grpc.RunReply;
import io.cleave.transport.grpc.RunRequest;
import io.cleave.transport.grpc.SlicesGrpc.SlicesStub;
import io.cleave.transport.tensor.ByteBudget;
import io.cleave.transport.tensor.EncodedTensor;
import io.cleave.transport.tensor.TensorChunks;
import io.cleave.transport.tensor.TensorFault;
import io.cleave.transport.tensor.TensorLimits;
import io.cleave.transport.tensor.TensorReceiver;
import io.cleave.transport.tensor.TensorValue;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Optional;

/** One call to run a slice, at the device. */
final class ClientRun implements ClientResponseObserver<RunRequest, RunReply> {
  private final RunOrder order;
  private final Teller<RunResult> teller;
  private final LinkMemory memory;
  private final ByteBudget budget;
  private final SendWindow window;
  private final Stopwatch watch = new Stopwatch();
  private long unaskedBytes;
  private TensorChunks chunks = new TensorChunks(List.of());
  private Optional<ClientCallStreamObserver<RunRequest>> stream = Optional.empty();
  private Optional<Upload<RunRequest>> upload = Optional.empty();
  private Optional<TensorReceiver> answer = Optional.empty();
  private AnswerHead answerHead = AnswerHead.getDefaultInstance();

  ClientRun(RunOrder order, Teller<RunResult> teller, LinkMemory memory, ByteBudget budget) {
    this.order = order;
    this.teller = teller;
    this.memory = memory;
    this.budget = budget;
    this.window = memory.window();
  }

  /**
   * Encodes the tensors and opens the call.
   *
   * @param unasked bytes that go at once; 0 without a connection, whose making is no upload
   */
  synchronized void begin(SlicesStub stub, long unasked) {
    if (teller.ended()) {
      return;
    }
    List<EncodedTensor> tensors = encoded();
    teller.packed(Parcel.of(tensors));
    chunks = new TensorChunks(tensors);
    watch.encoded();
    unaskedBytes = unasked;
    stub.run(this);
    send();
  }

  private List<EncodedTensor> encoded() {
    Packing packing = order.packing();
    return order.inputs().stream()
        .map(value -> EncodedTensor.of(value, packing.form(), packing.up()))
        .toList();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<RunRequest> requests) {
    stream = Optional.of(requests);
    requests.setOnReadyHandler(this::send);
  }

  private synchronized void send() {
    if (teller.ended() || stream.isEmpty()) {
      return;
    }
    ClientCallStreamObserver<RunRequest> requests = stream.get();
    if (upload.isEmpty() && (unaskedBytes > 0 || requests.isReady())) {
      watch.uploadBegins();
      requests.onNext(RunRequest.newBuilder().setHead(head()).build());
      upload =
          Optional.of(
              new Upload<>(
                  chunks.totalBytes(),
                  chunks::next,
                  chunk -> RunRequest.newBuilder().setChunk(chunk).build(),
                  window,
                  unaskedBytes));
    }
    upload.ifPresent(sending -> sending.send(requests));
  }

  private RunHead head() {
    RunHead.Builder head =
        RunHead.newBuilder()
            .setDevice(order.key().device())
            .setEpoch(order.key().epoch())
            .setFrame(order.key().frame())
            .setStage(order.key().stage())
            .setSlice(Messages.slice(order.slice()))
            .addAllTensors(chunks.heads())
            .setAnswerForm(order.packing().form())
            .setDownlinkBitsPerSecond(order.packing().downlinkBitsPerSecond())
            .setLz4Answer(order.packing().lz4Answer());
    order.key().handOver().ifPresent(handed -> head.setHandOver(Messages.handOver(handed)));
    return head.build();
  }

  @Override
  public synchronized void onNext(RunReply reply) {
    if (teller.ended()) {
      return;
    }
    try {
      switch (reply.getPartCase()) {
        case RECEIVED_BYTES -> acknowledged(reply.getReceivedBytes());
        case HEAD -> begin(reply.getHead());
        case CHUNK -> receiver().accept(reply.getChunk());
        case PART_NOT_SET -> throw new Refused(Refusal.MALFORMED, "A reply without a part.");
      }
      answer.ifPresent(a -> teller.downloaded(a.receivedBytes()));
      if (answer.map(TensorReceiver::complete).orElse(false)) {
        answered(); // what the server says after it changes nothing
      }
    } catch (TensorFault | Refused e) {
      stop(Failure.BROKEN, "The server's answer makes no sense: " + e.getMessage());
    }
  }

  private void acknowledged(long bytes) {
    if (!window.acknowledged(bytes, System.nanoTime())) {
      throw new Refused(
          Refusal.MALFORMED,
          "%d bytes are said to have arrived; that many were not sent.".formatted(bytes));
    }
    if (bytes == chunks.totalBytes()) {
      watch.uploadEnds();
    }
    teller.uploaded(bytes);
    send();
  }

  private void begin(AnswerHead head) {
    if (answer.isPresent()) {
      throw new Refused(Refusal.MALFORMED, "An answer has one head, not two.");
    }
    watch.answerBegins();
    answerHead = head;
    answer = Optional.of(new TensorReceiver(head.getTensorsList(), TensorLimits.DEFAULT, budget));
  }

  private TensorReceiver receiver() {
    return answer.orElseThrow(
        () -> new Refused(Refusal.MALFORMED, "An answer's head comes before its chunks."));
  }

  @Override
  public synchronized void onCompleted() {
    if (teller.ended()) {
      return;
    }
    try {
      answered();
    } catch (TensorFault | Refused e) {
      stop(Failure.BROKEN, "The server's answer makes no sense: " + e.getMessage());
    }
  }

  private void answered() {
    TensorReceiver received = receiver();
    List<TensorValue> tensors = received.tensors();
    RunResult result = new RunResult(tensors, exit(), timing(received));
    finish();
    teller.answered(result);
  }

  private Optional<String> exit() {
    return Optional.of(answerHead.getExit()).filter(tensor -> !tensor.isEmpty());
  }

  private CallTiming timing(TensorReceiver received) {
    double shortest = window.shortestSeconds();
    return watch.timing(
        answerHead,
        received.codecSeconds(),
        shortest < Double.POSITIVE_INFINITY ? shortest : 0,
        chunks.takenBytes(),
        received.receivedBytes());
  }

  @Override
  public synchronized void onError(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    finish();
    teller.failed(Failures.of(status), Failures.message(status));
  }

  void cancel() {
    stop(Failure.CANCELLED, "Cancelled by the device.");
  }

  private synchronized void stop(Failure failure, String message) {
    if (!teller.ended()) {
      teller.failed(failure, message);
      finish();
      stream.ifPresent(requests -> requests.cancel(message, null));
    }
  }

  private void finish() {
    memory.learn(window);
    answer.ifPresent(TensorReceiver::close);
  }
}
