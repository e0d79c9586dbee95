package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes out. QoS 1 waits for a link and comes back when its link dies before it was
 * acknowledged; QoS 0 takes the link that is there or none.
 */
final class Outflow {
  /** Unacknowledged at a time; the rest waits where a newer retained message can replace it. */
  private static final int WINDOW = 256;

  /** QoS 0 that the socket has not taken yet. */
  private static final int UNWRITTEN = 4096;

  private static final int WAITING = 10_000;
  private static final long WAITING_BYTES = 64L << 20;

  private final LongSupplier nanos;
  private final Executor completions;
  private final Tally tally;
  private final Outbox outbox = new Outbox(WAITING, WAITING_BYTES);
  private final Set<Pending> inFlight = new LinkedHashSet<>();
  private Optional<Link> link = Optional.empty();
  private Optional<String> end = Optional.empty();
  private int unwritten;
  private long progressNanos;

  /**
   * @param nanos a clock that only runs forward
   * @param completions where callers hear how their publications went
   */
  Outflow(LongSupplier nanos, Executor completions, Tally tally) {
    this.nanos = nanos;
    this.completions = completions;
    this.tally = tally;
  }

  CompletionStage<Void> publish(Publication publication) {
    Pending pending = new Pending(publication, nanos.getAsLong());
    synchronized (this) {
      if (end.isPresent()) {
        drop(List.of(pending), end.get());
      } else if (publication.qos() == Qos.AT_MOST_ONCE) {
        pass(pending);
      } else {
        drop(outbox.add(pending), "newer ones took its place while it waited");
        drain();
      }
    }
    return pending.done;
  }

  /** From now on publications go out by this link. */
  synchronized void attach(Link next) {
    link = Optional.of(next);
    unwritten = 0;
    progressNanos = nanos.getAsLong();
    drain();
  }

  /** The link is gone: what it did not get acknowledged waits for the next. */
  synchronized void detach() {
    link = Optional.empty();
    drop(outbox.addFirst(inFlight), "newer ones took its place while it waited");
    inFlight.clear();
  }

  /** No link will come any more. */
  synchronized void end(String why) {
    detach();
    end = Optional.of(why);
    drop(outbox.removeAll(), why);
  }

  synchronized int waiting() {
    return outbox.size() + inFlight.size();
  }

  /** For how long nothing has been acknowledged although something waits for it. */
  synchronized Duration stalled() {
    return inFlight.isEmpty() ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - progressNanos);
  }

  private void pass(Pending pending) {
    if (link.isEmpty()) {
      drop(List.of(pending), "there is no connection");
    } else if (unwritten >= UNWRITTEN) {
      drop(List.of(pending), "the connection is too slow");
    } else {
      unwritten++;
      send(link.get(), pending);
    }
  }

  private void drain() {
    while (link.isPresent() && inFlight.size() < WINDOW) {
      Optional<Pending> next = outbox.poll();
      if (next.isEmpty()) {
        return;
      }
      if (inFlight.isEmpty()) {
        progressNanos = nanos.getAsLong();
      }
      inFlight.add(next.get());
      send(link.get(), next.get());
    }
  }

  private void send(Link to, Pending pending) {
    Optional<Mqtt5Publish> message = pending.message(nanos.getAsLong());
    if (message.isEmpty()) {
      inFlight.remove(pending);
      drop(List.of(pending), "it expired while it waited");
      return;
    }
    to.publish(message.get()).whenComplete((done, failure) -> settled(to, pending, failure));
  }

  private synchronized void settled(Link from, Pending pending, @Nullable Throwable failure) {
    if (!link.equals(Optional.of(from))) {
      return; // detach() has taken it back
    }
    boolean passing = pending.publication.qos() == Qos.AT_MOST_ONCE;
    if (failure != null && Link.isLoss(failure) && !passing) {
      return; // detach() will take it back
    }
    if (passing) {
      unwritten--;
    } else {
      inFlight.remove(pending);
      progressNanos = nanos.getAsLong();
    }
    if (failure == null) {
      tally.published.increment();
      completions.execute(() -> pending.done.complete(null));
    } else if (passing && Link.isLoss(failure)) {
      drop(List.of(pending), "the connection was lost");
    } else {
      tally.refused.increment();
      completions.execute(() -> pending.done.completeExceptionally(Link.cause(failure)));
    }
    drain();
  }

  private void drop(Collection<Pending> given, String why) {
    for (Pending each : List.copyOf(given)) {
      tally.dropped.increment();
      PublicationDropped failure = new PublicationDropped(each.publication, why);
      completions.execute(() -> each.done.completeExceptionally(failure));
    }
  }
}
