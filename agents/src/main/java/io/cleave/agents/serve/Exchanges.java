package io.cleave.agents.serve;

import io.cleave.agents.data.FrameKey;
import io.cleave.agents.data.HandOver;
import io.cleave.agents.data.SliceAnswer;
import io.cleave.agents.data.SliceTask;
import io.cleave.agents.dnn.RoundParts;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * Pieces that are made here in rounds, and all that is handed over for them and by them. What comes
 * for a piece that nobody has asked for yet is held as long as the call that brought it. Has a
 * thread of its own; may be called from any.
 */
final class Exchanges implements AutoCloseable {
  private final ExecutorService owner =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "cleave-serve-rounds");
            thread.setDaemon(true);
            return thread;
          });
  private final Peers peers = new Peers(owner);
  private final Map<FrameKey, Exchange> open = new HashMap<>(); // by the piece's work

  /** What others call about a piece: to hand something over, or to be handed something. */
  CompletableFuture<SliceAnswer> handOver(SliceTask task) {
    CompletableFuture<SliceAnswer> answer = new CompletableFuture<>();
    owner.execute(() -> called(task, answer));
    return answer;
  }

  private void called(SliceTask task, CompletableFuture<SliceAnswer> answer) {
    FrameKey piece = task.key().work();
    HandOver handOver = task.key().handOver().orElseThrow();
    Exchange exchange = open.computeIfAbsent(piece, any -> new Exchange());
    CompletableFuture<SliceAnswer> call = exchange.called(handOver, task);
    pass(call, answer);
    whenCancelled(answer, () -> exchange.left(handOver, call), piece, exchange);
    tidy(piece, exchange);
  }

  /** A piece that is to be made in rounds. */
  CompletableFuture<SliceAnswer> make(SliceTask task, RoundParts parts, RoundRun.Runner runner) {
    CompletableFuture<SliceAnswer> answer = new CompletableFuture<>();
    owner.execute(() -> begin(task, parts, runner, answer));
    return answer;
  }

  private void begin(
      SliceTask task,
      RoundParts parts,
      RoundRun.Runner runner,
      CompletableFuture<SliceAnswer> answer) {
    FrameKey piece = task.key();
    Exchange exchange = open.computeIfAbsent(piece, any -> new Exchange());
    RoundRun run = new RoundRun(task, parts, exchange, peers, runner);
    whenDone(
        run.answer(),
        (made, failure) -> {
          exchange.end();
          open.remove(piece, exchange);
        });
    pass(run.answer(), answer);
    whenCancelled(answer, run::stop, piece, exchange);
    run.begin();
  }

  /** On the thread that completes it, which is this one's: all that does so runs here. */
  private static void pass(CompletableFuture<SliceAnswer> from, CompletableFuture<SliceAnswer> to) {
    whenDone(
        from,
        (made, failure) -> {
          if (failure == null) {
            to.complete(made);
          } else {
            to.completeExceptionally(failure);
          }
        });
  }

  private void whenCancelled(
      CompletableFuture<SliceAnswer> answer, Runnable then, FrameKey piece, Exchange exchange) {
    whenDone(
        answer,
        (made, failure) -> {
          if (answer.isCancelled() && !owner.isShutdown()) {
            owner.execute(
                () -> {
                  then.run();
                  tidy(piece, exchange);
                });
          }
        });
  }

  private static void whenDone(
      CompletionStage<SliceAnswer> stage, BiConsumer<SliceAnswer, Throwable> then) {
    stage.whenComplete(then);
  }

  private void tidy(FrameKey piece, Exchange exchange) {
    if (exchange.isEmpty()) {
      open.remove(piece, exchange);
    }
  }

  /** On the thread of all this. */
  ExecutorService owner() {
    return owner;
  }

  @Override
  public void close() {
    owner.execute(peers::close);
    owner.shutdown();
  }
}
