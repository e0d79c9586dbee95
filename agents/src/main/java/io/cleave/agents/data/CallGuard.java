package io.cleave.agents.data;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets a call in, watches that it goes on, and turns it away if not. One for each call; the call
 * itself must see to it that it is over once.
 */
final class CallGuard {
  private final Reception reception;
  private final Consumer<Refused> giveUp;
  private final Optional<Deadline> deadline;
  private final CallEnd end = CallEnd.ofThisCall();
  private final long openedNanos;
  private volatile long lastNanos;
  private volatile boolean patient;

  /**
   * Must be made on the thread that gRPC opened the call on.
   *
   * @param giveUp called when the call is silent or takes too long, on any thread
   */
  CallGuard(Reception reception, Consumer<Refused> giveUp) {
    this.reception = reception;
    this.giveUp = giveUp;
    this.deadline = Optional.ofNullable(Context.current().getDeadline());
    this.openedNanos = System.nanoTime();
    this.lastNanos = openedNanos;
  }

  /**
   * Lets the call in.
   *
   * @throws Refused if too many are open
   */
  void enter() {
    int most = reception.limits().calls();
    synchronized (reception.open()) {
      if (reception.open().size() >= most) {
        throw new Refused(
            Refusal.BUSY,
            "%d calls are open, as many as are taken. Maybe too many devices share this server."
                .formatted(most));
      }
      reception.open().add(this);
    }
  }

  void leave() {
    reception.open().remove(this);
  }

  /** Something came. */
  void progress() {
    lastNanos = System.nanoTime();
  }

  /** From now on the caller has nothing to say: its silence is fine. */
  void waitPatiently() {
    patient = true;
  }

  /** Until the deadline; never negative. */
  Optional<Duration> timeLeft() {
    return deadline.map(d -> Duration.ofNanos(Math.max(0, d.timeRemaining(TimeUnit.NANOSECONDS))));
  }

  /** Counts why the call ended without our doing. */
  void countLoss(DataEvent cancelled) {
    boolean late = deadline.map(Deadline::isExpired).orElse(false);
    if (!end.unreadable()) {
      reception.counts().add(late ? DataEvent.LATE : cancelled);
    }
  }

  void check(long nowNanos) {
    Duration silence = reception.limits().silence();
    Duration longest = reception.limits().longestCall();
    if (!patient && nowNanos - lastNanos > silence.toNanos()) {
      giveUp.accept(new Refused(Refusal.SILENT, "Nothing came for %s.".formatted(silence)));
    } else if (nowNanos - openedNanos > longest.toNanos()) {
      giveUp.accept(
          new Refused(Refusal.SILENT, "The call took longer than %s.".formatted(longest)));
    }
  }

  void stop() {
    giveUp.accept(new Refused(Refusal.STOPPING, "The server ends."));
  }

  /** Counts and tells why a call gets no answer. */
  void refuse(Refused refused, StreamObserver<?> replies) {
    reception.counts().add(refused.refusal());
    end.refusing();
    replies.onError(status(refused));
  }

  private static StatusRuntimeException status(Refused refused) {
    Status status = refused.refusal().status();
    return status
        .withDescription(refused.refusal() + ": " + refused.getMessage())
        .asRuntimeException();
  }
}
