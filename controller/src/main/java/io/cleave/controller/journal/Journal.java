package io.cleave.controller.journal;

import io.cleave.controller.journal.Entry.Kind;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Writes down what goes into the loop and what comes out, on a thread of its own, many events in
 * one transaction. The loop never waits for it: when the database is slow or gone, events are
 * dropped, and how many is known and written down too.
 */
public final class Journal implements Consumer<Entry>, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Journal.class);
  private static final int BATCH = 2000;
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONG_PAUSE = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final JournalSettings settings;
  private final JournalDatabase database;
  private final Clock clock;
  private final BlockingQueue<Entry> waiting;
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final AtomicLong untold = new AtomicLong(); // dropped, and not yet in the journal
  private final Thread writer = new Thread(this::run, "journal");
  private volatile Optional<String> trouble = Optional.empty();
  private volatile double lagSeconds;
  private volatile boolean closing;
  private boolean reached; // the database, by the writer
  private Instant swept = Instant.EPOCH;

  /** Begins to write, as soon as the database is there. */
  public Journal(JournalSettings settings, JournalDatabase database, Clock clock) {
    this.settings = settings;
    this.database = database;
    this.clock = clock;
    this.waiting = new ArrayBlockingQueue<>(settings.maxWaiting());
    writer.setDaemon(true);
    writer.start();
  }

  /** Takes an event; never blocks. */
  @Override
  public void accept(Entry entry) {
    if (!waiting.offer(entry)) {
      drop(1);
    }
  }

  public JournalState state() {
    return new JournalState(written.sum(), dropped.sum(), waiting.size(), lagSeconds, trouble);
  }

  /** Writes what waits and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(FAREWELL.toMillis());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Entry> entries = new ArrayList<>();
    try {
      while (!closing || !waiting.isEmpty()) {
        gather(entries);
        if (!entries.isEmpty()) {
          write(entries);
          entries.clear();
        }
        sweep();
      }
    } catch (InterruptedException interrupt) {
      LOG.warn("The journal was interrupted and ends");
    }
  }

  /** What waits; if nothing does, what comes within a pause, and a little more. */
  private void gather(List<Entry> entries) throws InterruptedException {
    Entry first = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    entries.add(first);
    if (!closing && waiting.size() < BATCH / 10) {
      Thread.sleep(PAUSE.toMillis()); // a transaction costs as much as many events
    }
    waiting.drainTo(entries, BATCH - 1);
    long gap = untold.getAndSet(0);
    if (gap > 0) {
      entries.add(0, Entry.of(first.at(), Kind.GAP, "", Long.toString(gap)));
    }
  }

  private void write(List<Entry> entries) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        database.write(entries);
        reached = true;
        written.add(entries.size());
        Instant last = entries.get(entries.size() - 1).at();
        lagSeconds = Math.max(0, Duration.between(last, clock.instant()).toMillis() / 1000.0);
        trouble = Optional.empty();
        return;
      } catch (SQLException | IllegalArgumentException failure) {
        reached = false;
        trouble = Optional.of(String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
        LOG.warnf("The journal could not be written: %s", trouble.get());
        if (attempt == ATTEMPTS || closing) {
          drop(entries.size());
          return;
        }
        TimeUnit.MILLISECONDS.sleep(LONG_PAUSE.toMillis());
      }
    }
  }

  private void sweep() {
    Instant now = clock.instant();
    if (!reached || now.isBefore(swept.plus(SWEEP))) {
      return;
    }
    swept = now;
    try {
      database.sweep(settings, now);
    } catch (SQLException failure) {
      LOG.warnf("Old events could not be removed from the journal: %s", failure.getMessage());
    }
  }

  private void drop(int events) {
    dropped.add(events);
    untold.addAndGet(events);
  }
}
