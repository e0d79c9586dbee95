package io.cleave.agents.data;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.AnswerHead;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.RunHead;
import io.cleave.transport.grpc.RunReply;
import io.cleave.transport.grpc.RunRequest;
import io.cleave.transport.tensor.Deflation;
import io.cleave.transport.tensor.EncodedTensor;
import io.cleave.transport.tensor.Lossless;
import io.cleave.transport.tensor.Lz4;
import io.cleave.transport.tensor.TensorChunks;
import io.cleave.transport.tensor.TensorReceiver;
import io.cleave.transport.tensor.TensorValue;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One call to run a slice, at the server: tensors come, work is done, an answer goes. It may be
 * cancelled at any point, from any thread; whatever it holds is given back then.
 */
final class RunCall implements StreamObserver<RunRequest> {
  private enum State {
    OPENED,
    UPLOADING,
    DECODING,
    WORKING,
    ANSWERING,
    OVER
  }

  private final Reception reception;
  private final ServerCallStreamObserver<RunReply> replies;
  private final CallGuard guard;
  private State state = State.OPENED;
  private RunHead head = RunHead.getDefaultInstance();
  private TensorReceiver tensors;
  private Acknowledgements acknowledgements = new Acknowledgements(0, 0);
  private Optional<Execution> execution = Optional.empty();
  private TensorChunks answer = new TensorChunks(List.of());

  private RunCall(Reception reception, ServerCallStreamObserver<RunReply> replies) {
    this.reception = reception;
    this.replies = replies;
    this.guard = new CallGuard(reception, this::refuse);
    this.tensors = new TensorReceiver(List.of(), reception.limits().tensors(), reception.budget());
  }

  static StreamObserver<RunRequest> open(
      Reception reception, ServerCallStreamObserver<RunReply> replies) {
    RunCall call = new RunCall(reception, replies);
    replies.setOnCancelHandler(call::cancelled);
    replies.setOnCloseHandler(call::cancelled);
    replies.setOnReadyHandler(call::send);
    reception.counts().add(DataEvent.OPENED);
    call.attempt(call.guard::enter);
    return call;
  }

  @Override
  public synchronized void onNext(RunRequest request) {
    guard.progress();
    attempt(
        () -> {
          switch (request.getPartCase()) {
            case HEAD -> begin(request.getHead());
            case CHUNK -> take(request.getChunk());
            case PART_NOT_SET ->
                throw new Refused(Refusal.MALFORMED, "A message has a head or a chunk, not none.");
          }
        });
  }

  private void begin(RunHead newHead) {
    if (state != State.OPENED) {
      throw new Refused(Refusal.MALFORMED, "A call has one head, not two.");
    }
    state = State.UPLOADING;
    head = newHead;
    FrameKey key = Messages.key(head);
    SliceReference slice = Messages.slice(head.getSlice());
    checkAnswerForm();
    tensors =
        new TensorReceiver(head.getTensorsList(), reception.limits().tensors(), reception.budget());
    acknowledgements = new Acknowledgements(tensors.announcedBytes(), System.nanoTime());
    reception.executions().join(key, slice).ifPresent(this::await);
    workIfComplete();
  }

  private void checkAnswerForm() {
    if (head.getAnswerForm() == Form.UNRECOGNIZED || !(head.getDownlinkBitsPerSecond() >= 0)) {
      throw new Refused(
          Refusal.MALFORMED,
          "An answer takes form 0 to %d, for a downlink of at least 0 bit/s; not %d, %s."
              .formatted(
                  Form.JPEG_VALUE, head.getAnswerFormValue(), head.getDownlinkBitsPerSecond()));
    }
  }

  private void take(ByteString chunk) {
    if (state == State.OPENED) {
      throw new Refused(Refusal.MALFORMED, "A head comes before the first chunk.");
    }
    if (state == State.UPLOADING || tensors.complete()) {
      tensors.accept(chunk);
      if (acknowledgements.due(tensors.receivedBytes(), System.nanoTime())) {
        replies.onNext(RunReply.newBuilder().setReceivedBytes(tensors.receivedBytes()).build());
      }
      workIfComplete();
    } // else the work was known before: what still comes for it is not needed
  }

  private void workIfComplete() {
    if (state == State.UPLOADING && tensors.complete()) {
      state = State.DECODING;
      whereCheap(tensors.plain()).execute(this::work);
    }
  }

  private synchronized void work() {
    attempt(
        () -> {
          SliceTask task =
              new SliceTask(
                  Messages.key(head),
                  Messages.slice(head.getSlice()),
                  tensors.tensors(),
                  new Packing(head.getAnswerForm(), lossless(), lossless()),
                  guard.timeLeft());
          await(reception.executions().begin(task));
        });
  }

  private void await(Execution work) {
    state = State.WORKING;
    guard.waitPatiently();
    execution = Optional.of(work);
    boolean plain = head.getAnswerForm() == Form.RAW && lossless().equals(Deflation.NEVER);
    Futures.whenDone(work.answer(), whereCheap(plain), this::worked);
  }

  /** Codecs have threads of their own; what is no work is not worth a change of threads. */
  private Executor whereCheap(boolean plain) {
    return plain ? Runnable::run : reception.executor();
  }

  private synchronized void worked(SliceAnswer result, Throwable failure) {
    attempt(
        () -> {
          if (failure != null) {
            throw Refused.of(failure);
          }
          answer(result);
        });
  }

  private void answer(SliceAnswer result) {
    state = State.ANSWERING;
    long start = System.nanoTime();
    answer = new TensorChunks(result.outputs().stream().map(this::encoded).toList());
    double encodeSeconds = (System.nanoTime() - start) * 1e-9;
    replies.onNext(
        RunReply.newBuilder()
            .setHead(
                AnswerHead.newBuilder()
                    .addAllTensors(answer.heads())
                    .setQueueSeconds(result.queueSeconds())
                    .setComputeSeconds(result.computeSeconds())
                    .setCodecSeconds(tensors.codecSeconds() + encodeSeconds)
                    .setExit(result.exit().orElse("")))
            .build());
    send();
  }

  private EncodedTensor encoded(TensorValue value) {
    EncodedTensor tensor = EncodedTensor.of(value, head.getAnswerForm(), lossless());
    if (tensor.refused()) {
      reception.counts().add(DataEvent.SENT_RAW);
    }
    return tensor;
  }

  private Lossless lossless() {
    if (head.getLz4Answer()) {
      return Lz4.BLOCK;
    }
    double rate = head.getDownlinkBitsPerSecond();
    return rate > 0 ? new Deflation(rate) : Deflation.NEVER;
  }

  private synchronized void send() {
    if (state != State.ANSWERING) {
      return;
    }
    while (answer.hasNext() && replies.isReady()) {
      ByteString chunk = answer.next(Acknowledgements.STEP_BYTES);
      replies.onNext(RunReply.newBuilder().setChunk(chunk).build());
    }
    if (!answer.hasNext()) {
      reception.counts().add(DataEvent.ANSWERED);
      over();
      replies.onCompleted();
    }
  }

  @Override
  public synchronized void onCompleted() {
    attempt(
        () -> {
          if (state == State.OPENED) {
            throw new Refused(Refusal.MALFORMED, "The call ended without a head.");
          }
          tensorsMustBeComplete();
        });
  }

  private void tensorsMustBeComplete() {
    if (state == State.UPLOADING) {
      tensors.tensors();
    }
  }

  @Override
  public void onError(Throwable failure) {
    cancelled();
  }

  private synchronized void cancelled() {
    if (state != State.OVER) {
      guard.countLoss(whereCancelled());
      over();
    }
  }

  private DataEvent whereCancelled() {
    return switch (state) {
      case WORKING -> DataEvent.CANCELLED_WORKING;
      case ANSWERING -> DataEvent.CANCELLED_ANSWERING;
      default -> DataEvent.CANCELLED_UPLOADING;
    };
  }

  private void attempt(Runnable step) {
    if (state == State.OVER) {
      return;
    }
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      refuse(new Refused(Refusal.MALFORMED, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      refuse(Refused.of(e));
    }
  }

  private synchronized void refuse(Refused refused) {
    if (state != State.OVER) {
      over();
      guard.refuse(refused, replies);
    }
  }

  private void over() {
    state = State.OVER;
    guard.leave();
    execution.ifPresent(reception.executions()::leave);
    tensors.close();
  }
}
