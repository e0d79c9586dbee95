package io.cleave.transport.mqtt;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes one link after the other. Everything happens on the thread of events, never waiting. */
final class Lifecycle {
  private static final System.Logger LOG = System.getLogger(MqttConnection.class.getName());

  /** So many connections in a row that end soon after they are made are no chance. */
  private static final int SUSPICIOUS = 3;

  private final Dial dial;
  private final MqttIdentity identity;
  private final Timing timing;
  private final Parts parts;
  private final List<Consumer<MqttState>> listeners = new ArrayList<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();

  private Optional<Link> link = Optional.empty();
  private int failures;
  private int shortLived;
  private long connectedNanos;
  private volatile MqttState state = MqttState.CONNECTING;
  private volatile Optional<String> trouble = Optional.empty();

  /** How long to wait for what. */
  record Timing(Patience patience, Backoff backoff) {}

  /** What a link is plugged into. */
  record Parts(Threads threads, Outflow outflow, Inlets inlets, Tally tally) {}

  Lifecycle(MqttSettings settings, MqttIdentity identity, Timing timing, Parts parts) {
    this.dial = new Dial(settings, identity.clientId(), timing.patience().attempt());
    this.identity = identity;
    this.timing = timing;
    this.parts = parts;
  }

  MqttState state() {
    return state;
  }

  Optional<String> trouble() {
    return trouble;
  }

  /** Completes when an orderly end has been made, as far as there was somebody to hear it. */
  CompletableFuture<Void> left() {
    return left;
  }

  void addListener(Consumer<MqttState> listener) {
    MqttState now = state;
    listeners.add(listener);
    parts.threads().completion(() -> listener.accept(now));
  }

  void attempt() {
    if (ended()) {
      return;
    }
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Link next;
    try {
      next = link(end);
    } catch (RuntimeException failure) { // the application's session, or a trust store that is gone
      LOG.log(ERROR, "A connection cannot even be tried.", failure);
      retry(Trouble.reason(failure));
      return;
    }
    link = Optional.of(next);
    CompletionStage<Throwable> ending = end;
    ending.thenAccept(cause -> parts.threads().event(() -> lost(next, cause)));
    CompletionStage<?> restored =
        next.connect(dial.settings())
            .thenCompose(accepted -> announce(next))
            .thenCompose(born -> restore(next));
    within(timing.patience().attempt().multipliedBy(2), restored)
        .whenComplete((done, failure) -> parts.threads().event(() -> tried(next, failure)));
  }

  private Link link(CompletableFuture<Throwable> end) {
    MqttIdentity.Session session = identity.sessions().get();
    return new Link(dial.client(parts.threads()::event, end::complete), session);
  }

  /** Gives up a connection that looks alive but acknowledges nothing. */
  void watch() {
    Duration stalled = parts.outflow().stalled();
    if (stalled.compareTo(timing.patience().acknowledgement()) > 0) {
      String why = "It has acknowledged nothing for %d ms.".formatted(stalled.toMillis());
      link.ifPresent(open -> lost(open, new TimeoutException(why)));
    }
  }

  /** Says farewell if there is somebody to hear it, and ends everything. */
  void leave() {
    if (state == MqttState.CLOSED) {
      return;
    }
    boolean connected = state == MqttState.CONNECTED;
    turn(MqttState.CLOSED);
    CompletionStage<?> farewell =
        link.filter(open -> connected).map(Link::sayFarewell).orElseGet(Lifecycle::done);
    within(timing.patience().farewell(), farewell)
        .whenComplete((said, failure) -> parts.threads().event(() -> hangUp(connected)));
  }

  private void hangUp(boolean connected) {
    Optional<Link> last = link;
    unplug();
    parts.inlets().complete();
    parts.outflow().end("the connection is closed");
    if (!connected) {
      left.complete(null);
    }
    last.map(Link::disconnect)
        .orElseGet(Lifecycle::done)
        .whenComplete(
            (done, failure) -> {
              left.complete(null);
              parts.threads().shutdown();
            });
  }

  private CompletionStage<?> announce(Link on) {
    return on.announce()
        .handle(
            (done, failure) -> {
              if (failure != null && Link.isLoss(failure)) {
                throw new CompletionException(Link.cause(failure));
              } else if (failure != null) {
                parts.tally().refused.increment();
                LOG.log(
                    ERROR,
                    "The broker refuses our birth: {0} Maybe its access list does not have it.",
                    Link.cause(failure).getMessage());
              }
              return done;
            });
  }

  private CompletionStage<?> restore(Link on) {
    return isCurrent(on)
        ? parts.inlets().restore(on)
        : CompletableFuture.failedFuture(new TimeoutException("It came too late."));
  }

  private void tried(Link with, @Nullable Throwable failure) {
    if (failure != null) {
      lost(with, failure);
    } else if (isCurrent(with) && state != MqttState.CLOSED) {
      parts.tally().connects.increment();
      connectedNanos = System.nanoTime();
      trouble = shortLived < SUSPICIOUS ? Optional.empty() : trouble;
      parts.outflow().attach(with);
      turn(MqttState.CONNECTED);
    }
  }

  private void lost(Link which, Throwable failure) {
    if (!isCurrent(which) || state == MqttState.CLOSED) {
      return;
    }
    unplug();
    which.disconnect().whenComplete((done, hopeless) -> LOG.log(DEBUG, "A link was given up."));
    if (Trouble.isTakeover(failure)) {
      say(Trouble.reason(failure));
      LOG.log(ERROR, "Another process came in as \"{0}\": {1}", dial.clientId(), words());
      turn(MqttState.TAKEN_OVER);
      parts.outflow().end("another process took over the connection");
      return;
    }
    if (state == MqttState.CONNECTED) {
      boolean lasted =
          System.nanoTime() - connectedNanos > timing.patience().longestDelay().toNanos();
      failures = lasted ? 0 : failures;
      shortLived = lasted ? 0 : shortLived + 1;
      turn(MqttState.LOST);
    }
    retry(Trouble.reason(failure));
  }

  private void retry(String reason) {
    say(shortLived < SUSPICIOUS ? reason : reason + Trouble.suspicion(dial.clientId(), shortLived));
    Duration delay = timing.backoff().delay(failures);
    failures++;
    if (Integer.bitCount(failures) == 1) { // 1, 2, 4, ...: a broker away for long fills no log
      LOG.log(
          shortLived < SUSPICIOUS ? WARNING : ERROR,
          "No connection to the broker at {0} Attempt {1} in {2} ms.",
          words(),
          failures,
          delay.toMillis());
    }
    parts.threads().eventAfter(delay, this::attempt);
  }

  private void say(String reason) {
    trouble =
        Optional.of("%s:%d: %s".formatted(dial.settings().host(), dial.settings().port(), reason));
  }

  private String words() {
    return trouble.orElse("");
  }

  private void unplug() {
    link = Optional.empty();
    parts.inlets().detach();
    parts.outflow().detach();
  }

  private boolean ended() {
    return state == MqttState.CLOSED || state == MqttState.TAKEN_OVER;
  }

  private boolean isCurrent(Link which) {
    return link.equals(Optional.of(which));
  }

  private void turn(MqttState next) {
    state = next;
    listeners.forEach(each -> parts.threads().completion(() -> each.accept(next)));
  }

  private static CompletionStage<?> within(Duration limit, CompletionStage<?> stage) {
    return stage.toCompletableFuture().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static CompletionStage<?> done() {
    return CompletableFuture.completedFuture(null);
  }
}
