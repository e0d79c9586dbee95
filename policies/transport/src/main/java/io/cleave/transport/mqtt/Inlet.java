package io.cleave.transport.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What comes in by one subscription, over all connections, for one subscriber at its own pace. What
 * it has not asked for waits here; the broker holds back QoS 1 once its window of unacknowledged
 * messages is full. When even so there is no room, the oldest give way, and are counted.
 */
final class Inlet implements Flow.Subscription {
  /** More than a whole window of the broker's, which is 65,535. */
  private static final int CAPACITY = 1 << 17;

  private static final long CAPACITY_BYTES = 64L << 20;

  private final Filter filter;
  private final Flow.Subscriber<? super Arrival> subscriber;
  private final Executor callbacks;
  private final Tally tally;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  private final Queue<Arrival> queue = new ArrayDeque<>();
  private final Set<Runnable> unacknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger signals = new AtomicInteger();
  private long queuedBytes;
  private long demand;
  private Optional<Runnable> end = Optional.empty();
  private boolean silent;

  /**
   * @param callbacks where the subscriber is called, one call at a time; it may block there
   */
  Inlet(
      Filter filter, Flow.Subscriber<? super Arrival> subscriber, Executor callbacks, Tally tally) {
    this.filter = filter;
    this.subscriber = subscriber;
    this.callbacks = callbacks;
    this.tally = tally;
  }

  Filter filter() {
    return filter;
  }

  /** Completes when a broker has first agreed to the subscription. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Completes when the subscriber wants no more. */
  CompletionStage<Void> cancelled() {
    return cancelled;
  }

  void arrived(Arrival given) {
    tally.received.increment();
    Arrival arrival = tracked(given);
    List<Arrival> gone = new ArrayList<>();
    synchronized (this) {
      if (silent) {
        gone.add(arrival);
      } else {
        queue.add(arrival);
        queuedBytes += arrival.payload().length;
      }
      while (queue.size() > CAPACITY || (queuedBytes > CAPACITY_BYTES && queue.size() > 1)) {
        gone.add(next());
        tally.overflowed.increment();
      }
    }
    gone.forEach(each -> each.acknowledge().run());
    signal();
  }

  @Override
  public void request(long more) {
    synchronized (this) {
      if (more <= 0) {
        IllegalArgumentException failure =
            new IllegalArgumentException("A request must be for at least 1, not " + more + ".");
        end = Optional.of(() -> subscriber.onError(failure));
        queue.clear();
      }
      demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
    }
    signal();
  }

  @Override
  public void cancel() {
    synchronized (this) {
      silent = true;
      queue.clear();
      queuedBytes = 0;
    }
    unacknowledged.forEach(Runnable::run);
    cancelled.complete(null);
  }

  /** Nothing more comes; what waits is still handed out. */
  void complete() {
    synchronized (this) {
      end = end.or(() -> Optional.of(subscriber::onComplete));
    }
    signal();
  }

  /** Starts handing out unless that is under way, in which case it takes another round. */
  private void signal() {
    if (signals.getAndIncrement() == 0) {
      callbacks.execute(this::handOut);
    }
  }

  private void handOut() {
    int handled = 1;
    while (handled > 0) {
      for (Optional<Runnable> call = call(); call.isPresent(); call = call()) {
        call.get().run();
      }
      handled = signals.addAndGet(-handled);
    }
  }

  /** The next call of the subscriber that is due. */
  private synchronized Optional<Runnable> call() {
    if (silent) {
      return Optional.empty();
    }
    if (queue.isEmpty() && end.isPresent()) {
      silent = true;
      return end;
    }
    if (queue.isEmpty() || demand == 0) {
      return Optional.empty();
    }
    demand = demand == Long.MAX_VALUE ? demand : demand - 1;
    Arrival arrival = next();
    return Optional.of(() -> hand(arrival));
  }

  /** Whatever the subscriber makes of it, the next message gets its turn. */
  private void hand(Arrival arrival) {
    try {
      subscriber.onNext(arrival);
    } catch (RuntimeException failure) {
      tally.reject(arrival, failure);
      arrival.acknowledge().run();
    }
  }

  /**
   * So that whoever leaves leaves nothing unacknowledged: a broker may hold back all that comes
   * after, for other subscriptions too.
   */
  private Arrival tracked(Arrival arrival) {
    AtomicReference<Runnable> acknowledge = new AtomicReference<>(arrival.acknowledge());
    Runnable once =
        new Runnable() {
          @Override
          public void run() {
            unacknowledged.remove(this);
            acknowledge.getAndSet(() -> {}).run();
          }
        };
    unacknowledged.add(once);
    return new Arrival(
        arrival.topic(), arrival.payload(), arrival.retained(), arrival.expiry(), once);
  }

  private Arrival next() {
    Arrival first = queue.remove();
    queuedBytes -= first.payload().length;
    return first;
  }
}
