package io.cleave.transport.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** All inlets of a connection, on whatever link there is. Touched by the thread of events only. */
final class Inlets {
  private static final System.Logger LOG = System.getLogger(Inlets.class.getName());

  private final Threads threads;
  private final Tally tally;
  private final List<Inlet> inlets = new ArrayList<>();
  private Optional<Link> link = Optional.empty();

  Inlets(Threads threads, Tally tally) {
    this.threads = threads;
    this.tally = tally;
  }

  /** Subscribes now, if there is a link, and on each link to come. */
  void add(Inlet inlet) {
    inlets.add(inlet);
    inlet.cancelled().thenRun(() -> threads.event(() -> remove(inlet)));
    link.ifPresent(
        open ->
            subscribe(open, inlet)
                .whenComplete((done, failure) -> trace("Subscribing", inlet, failure)));
  }

  /** Subscribes all on a new link, at once, so that a slow broker is waited for once. */
  CompletionStage<?> restore(Link next) {
    link = Optional.of(next);
    return CompletableFuture.allOf(
        inlets.stream()
            .map(inlet -> subscribe(next, inlet).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  void detach() {
    link = Optional.empty();
  }

  /** Ends all streams. */
  void complete() {
    inlets.forEach(Inlet::complete);
    inlets.clear();
  }

  /** A refusal is said and counted, and costs nothing but this one subscription. */
  private CompletionStage<?> subscribe(Link on, Inlet inlet) {
    return on.subscribe(inlet)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                inlet.ready().complete(null);
              } else if (Link.isLoss(failure)) {
                throw new CompletionException(Link.cause(failure));
              } else {
                tally.refused.increment();
                inlet.ready().completeExceptionally(Link.cause(failure));
                LOG.log(
                    System.Logger.Level.ERROR,
                    "The broker refuses a subscription to {0}: {1} Maybe its access list does not have it.",
                    inlet.filter().topics(),
                    Link.cause(failure).getMessage());
              }
              return done;
            });
  }

  private void remove(Inlet inlet) {
    inlets.remove(inlet);
    boolean shared = inlets.stream().anyMatch(other -> other.filter().equals(inlet.filter()));
    if (!shared) {
      link.ifPresent(
          open ->
              open.unsubscribe(inlet.filter())
                  .whenComplete((done, failure) -> trace("Unsubscribing", inlet, failure)));
    }
  }

  private static void trace(String what, Inlet inlet, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0} {1} waits for the next connection.",
          what,
          inlet.filter().topics());
    }
  }
}
