package io.cleave.controller.control;

import io.cleave.controller.journal.Entry;
import io.cleave.controller.model.Networks;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The thread that owns the live loop, and its inbox. The inbox is bounded: who puts something into
 * a full one waits, so that the broker is slowed down instead of memory filled.
 */
public final class LoopThread implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LoopThread.class);
  private static final int MOST_WAITING = 4096;
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration STALLED = Duration.ofSeconds(10);

  private final BlockingQueue<BiConsumer<LiveLoop, Instant>> inbox =
      new ArrayBlockingQueue<>(MOST_WAITING);
  private final Mailbox<Decision> decisions = new Mailbox<>();
  private final Mailbox<Status> newcomers = new Mailbox<>();
  private final SiteState site;
  private final Clock clock;
  private final Timer latency;
  private final Thread loop;
  private final Thread greeter;
  private volatile long turnedNanos = System.nanoTime();
  private volatile boolean closing;
  private Instant last = Instant.EPOCH;

  /**
   * Starts the loop.
   *
   * @param journal of all inputs; must not block
   */
  public LoopThread(
      SiteState site,
      Networks networks,
      Consumer<Entry> journal,
      Clock clock,
      MeterRegistry meters) {
    this.site = site;
    this.clock = clock;
    this.latency =
        Timer.builder("cleave.report.to.plan")
            .description("From the arrival of a report to the hand-over of its decision")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    Gauge.builder("cleave.inbox", inbox, BlockingQueue::size).register(meters);
    Gauge.builder("cleave.outbox", decisions, Mailbox::size).register(meters);
    LiveLoop.Outlets outlets =
        new LiveLoop.Outlets(
            decision -> decisions.put(decision.agent(), decision),
            birth -> newcomers.put(birth.agent(), birth),
            journal);
    LiveLoop live = new LiveLoop(site.settings(), site, outlets, now());
    loop = new Thread(() -> run(live), "control-loop");
    greeter = new Thread(() -> greet(networks), "newcomers");
    greeter.setDaemon(true);
    loop.start();
    greeter.start();
  }

  /**
   * Takes a report.
   *
   * @param payload as received, not copied
   * @param arrivedNanos by {@link System#nanoTime}
   */
  public void report(Report report, byte[] payload, long arrivedNanos) {
    put(
        (live, now) -> {
          live.onReport(report, payload, now);
          latency.record(System.nanoTime() - arrivedNanos, TimeUnit.NANOSECONDS);
        });
  }

  /** Does something on the loop's thread. Waits while the inbox is full. */
  public void put(BiConsumer<LiveLoop, Instant> task) {
    try {
      while (!inbox.offer(task, 1, TimeUnit.SECONDS)) {
        if (closing) {
          throw new IllegalStateException("The control loop has ended.");
        }
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the control loop was busy.", interrupt);
    }
  }

  /** The same, and tells when it is done, or what it threw. */
  public CompletableFuture<Void> ask(BiConsumer<LiveLoop, Instant> task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    put(
        (live, now) -> {
          try {
            task.accept(live, now);
            done.complete(null);
          } catch (IllegalArgumentException refused) {
            done.completeExceptionally(refused);
          }
        });
    return done;
  }

  /** Decisions that wait to be sent, the newest of each agent. */
  public Mailbox<Decision> decisions() {
    return decisions;
  }

  /** True while the loop turns: it does several times a second, even if nothing comes. */
  public boolean alive() {
    return loop.isAlive() && System.nanoTime() - turnedNanos < STALLED.toNanos();
  }

  /** Ends after what waits in the inbox was done. */
  @Override
  public void close() {
    closing = true;
    greeter.interrupt();
    try {
      loop.join(STALLED.toMillis());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(LiveLoop live) {
    Instant ticked = Instant.EPOCH;
    while (!closing || !inbox.isEmpty()) {
      try {
        BiConsumer<LiveLoop, Instant> task = inbox.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        Instant now = now();
        turn(live, task, now);
        if (!now.isBefore(ticked.plus(TICK))) {
          ticked = now;
          turn(live, LiveLoop::tick, now);
        }
      } catch (InterruptedException interrupt) {
        LOG.warn("The control loop was interrupted and ends");
        return;
      }
    }
  }

  /** Whatever a task throws, the loop goes on. */
  private void turn(LiveLoop live, @Nullable BiConsumer<LiveLoop, Instant> task, Instant now) {
    try {
      if (task != null) {
        task.accept(live, now);
      }
    } catch (RuntimeException failure) {
      site.refusals().add(Refusal.FAILED);
      LOG.error("The control loop could not take an input", failure);
    }
    turnedNanos = System.nanoTime();
  }

  private void greet(Networks networks) {
    while (!closing) {
      try {
        Newcomer newcomer = Newcomer.meet(newcomers.take(), networks);
        put((live, now) -> live.met(newcomer, now));
      } catch (InterruptedException interrupt) {
        return;
      } catch (RuntimeException failure) {
        site.refusals().add(Refusal.FAILED);
        LOG.error("A newcomer could not be looked up", failure);
      }
    }
  }

  /** Whole microseconds, as the journal keeps them, and never backwards. */
  private Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    last = now.isBefore(last) ? last : now;
    return last;
  }
}
