package io.cleave.agents.serve;

import io.cleave.agents.data.DataCall;
import io.cleave.agents.data.FrameKey;
import io.cleave.agents.data.HandOver;
import io.cleave.agents.data.InRounds;
import io.cleave.agents.data.Outcome;
import io.cleave.agents.data.Refusal;
import io.cleave.agents.data.Refused;
import io.cleave.agents.data.RunOrder;
import io.cleave.agents.data.RunResult;
import io.cleave.agents.data.SliceAnswer;
import io.cleave.agents.data.SliceReference;
import io.cleave.agents.data.SliceTask;
import io.cleave.agents.dnn.RoundParts;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.settings.HostPort;
import io.cleave.policies.pieces.Rounds;
import io.cleave.transport.tensor.TensorValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A piece that is made here round by round: each round is work of its own for the machine, which
 * begins when all is there that others hand over for it. Owned by one thread.
 *
 * <p>If a neighbour cannot be reached whose piece of a round is still needed, this one comes to
 * nothing: the device makes it.
 */
final class RoundRun {
  /** What is handed over is of no use later, whatever the deadline. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final SliceTask task;
  private final InRounds made;
  private final RoundParts parts;
  private final Exchange exchange;
  private final Peers peers;
  private final Runner runner;
  private final CompletableFuture<SliceAnswer> answer = new CompletableFuture<>();
  private final List<DataCall> giving = new ArrayList<>();
  private Optional<Runnable> canceller = Optional.empty(); // of the round under way
  private Optional<TensorValue> kept = Optional.empty(); // of the round before
  private int round;
  private double queueSeconds;
  private double computeSeconds;

  /**
   * Runs a step on the machine and tells, on the owner's thread, what came of it: an answer, or why
   * there is none. What it returns calls the work off.
   */
  @FunctionalInterface
  interface Runner {
    Runnable run(Step step, List<TensorValue> inputs, BiConsumer<SliceAnswer, Throwable> ended);
  }

  RoundRun(SliceTask task, RoundParts parts, Exchange exchange, Peers peers, Runner runner) {
    this.task = task;
    this.made = task.slice().rounds().orElseThrow();
    this.parts = parts;
    this.exchange = exchange;
    this.peers = peers;
    this.runner = runner;
  }

  CompletableFuture<SliceAnswer> answer() {
    return answer;
  }

  void begin() {
    Set<HandOver> all = new HashSet<>();
    for (Rounds.Halo halo : parts.rounds().halos()) {
      boolean asked = halo.from() == made.share() && machine(halo.to()).isEmpty();
      if (asked || halo.to() == made.share()) {
        all.add(handOver(halo));
      }
    }
    exchange.begin(all, this::goOn);
    run(task.inputs());
  }

  private Optional<HostPort> machine(int share) {
    return made.machines().get(share);
  }

  private static HandOver handOver(Rounds.Halo halo) {
    return new HandOver(halo.round(), halo.from(), halo.to());
  }

  private void run(List<TensorValue> inputs) {
    canceller = Optional.of(runner.run(parts.step(round), inputs, this::through));
  }

  private void through(@Nullable SliceAnswer one, @Nullable Throwable failure) {
    canceller = Optional.empty();
    if (answer.isDone()) {
      return;
    }
    if (one == null || failure != null) {
      fail(failure == null ? new IllegalStateException("No answer, and no failure.") : failure);
      return;
    }
    queueSeconds += one.queueSeconds();
    computeSeconds += one.computeSeconds();
    if (round == made.layers().size() - 1) {
      answer.complete(new SliceAnswer(one.outputs(), queueSeconds, computeSeconds));
      return;
    }
    TensorValue piece = one.outputs().get(0);
    kept = Optional.of(piece);
    for (Rounds.Halo halo : parts.given(round)) {
      give(halo, parts.part(halo, piece));
    }
    round++;
    goOn();
  }

  private void give(Rounds.Halo halo, TensorValue part) {
    Optional<HostPort> taker = machine(halo.to());
    if (taker.isEmpty()) {
      exchange.offer(handOver(halo), part);
      return;
    }
    FrameKey theirs = task.key().neighbour(halo.to() - made.share()).with(handOver(halo));
    int last = made.layers().size() - 1;
    Step step = Step.piece(task.slice().layers(), parts.rounds().piece(last, halo.to()));
    RunOrder order =
        new RunOrder(
            theirs,
            new SliceReference(task.slice().modelSha256(), List.of(step)),
            List.of(part),
            task.packing(),
            Optional.of(
                task.timeLeft().filter(left -> left.compareTo(LONGEST) < 0).orElse(LONGEST)));
    giving.add(peers.give(taker.get(), order, outcome -> given(halo, outcome)));
  }

  private void given(Rounds.Halo halo, Outcome<RunResult> outcome) {
    if (outcome instanceof Outcome.Failed<RunResult> failed
        && failed.failure() != Outcome.Failure.CANCELLED
        && needs(halo.to())) {
      fail(
          new Refused(
              Refusal.FAILED,
              "Machine %d took nothing, and is needed: %s".formatted(halo.to(), failed.message())));
    }
  }

  /** True if a neighbour must still hand something over. */
  private boolean needs(int neighbour) {
    for (int next = Math.max(1, round); next < made.layers().size(); next++) {
      if (parts.awaited(next).stream().anyMatch(halo -> halo.from() == neighbour)) {
        return true;
      }
    }
    return false;
  }

  /** The next round begins if all of it is there and the one before is made. */
  private void goOn() {
    if (answer.isDone() || round == 0 || canceller.isPresent()) {
      return;
    }
    TensorValue piece = kept.orElseThrow();
    long samples = piece.shape().get(0);
    for (Rounds.Halo halo : parts.awaited(round)) {
      if (!exchange.has(handOver(halo), tensor -> parts.fits(halo, tensor, samples))) {
        return;
      }
    }
    Map<Rounds.Halo, TensorValue> handed = new LinkedHashMap<>();
    for (Rounds.Halo halo : parts.awaited(round)) {
      handed.put(halo, exchange.take(handOver(halo)));
    }
    run(List.of(parts.input(round, piece, handed)));
  }

  private void fail(Throwable why) {
    answer.completeExceptionally(why);
    stop();
  }

  /** Nobody wants the piece any more, or it is not to be. */
  void stop() {
    answer.cancel(false);
    canceller.ifPresent(Runnable::run);
    giving.forEach(DataCall::cancel);
  }
}
