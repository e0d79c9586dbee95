package io.cleave.agents.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Work under way, and answers kept for a while, by what they are for: so that a call that is
 * repeated, as happens when a link breaks, is executed once. Thread-safe.
 */
final class Executions {
  private final Workbench workbench;
  private final DataCounts counts;
  private final Duration keep;
  private final long keptBytes;
  private final LongSupplier nanoTime;
  private final Map<FrameKey, Execution> executions = new LinkedHashMap<>();

  Executions(Workbench workbench, DataCounts counts, DataLimits limits, LongSupplier nanoTime) {
    this.workbench = workbench;
    this.counts = counts;
    this.keep = limits.keep();
    this.keptBytes = limits.keptBytes();
    this.nanoTime = nanoTime;
  }

  /**
   * The work for a frame's stage if it is known, with one more who waits for it.
   *
   * @throws Refused if it is known as another slice's
   */
  synchronized Optional<Execution> join(FrameKey key, SliceReference slice) {
    Optional<Execution> known = Optional.ofNullable(executions.get(key));
    known.ifPresent(
        execution -> {
          if (!execution.slice().equals(slice)) {
            throw new Refused(
                Refusal.MALFORMED,
                "Frame %d, stage %d was asked for with another slice before."
                    .formatted(key.frame(), key.stage()));
          }
          execution.waiting++;
          counts.add(execution.answered() ? DataEvent.REPEATED : DataEvent.JOINED);
        });
    return known;
  }

  /** Has a task done, unless that is under way or done already. */
  Execution begin(SliceTask task) {
    Execution execution;
    synchronized (this) {
      Optional<Execution> known = join(task.key(), task.slice());
      if (known.isPresent()) {
        return known.get();
      }
      execution = new Execution(task);
      executions.put(task.key(), execution);
    }
    counts.add(DataEvent.EXECUTED);
    execution.start(workbench, () -> done(execution));
    return execution;
  }

  /** One who waited does so no more; the last one stops the work. */
  void leave(Execution execution) {
    synchronized (this) {
      execution.waiting--;
      if (execution.waiting > 0 || execution.answer().isDone()) {
        return;
      }
      executions.remove(execution.key(), execution);
    }
    if (execution.answer().cancel(true)) {
      counts.add(DataEvent.STOPPED);
    }
  }

  private synchronized void done(Execution execution) {
    execution.doneNanos = nanoTime.getAsLong();
    if (!execution.answered()) {
      executions.remove(execution.key(), execution);
    }
    forget();
  }

  /** Lets answers go that were kept long enough, or are too much together; the oldest first. */
  synchronized void forget() {
    long now = nanoTime.getAsLong();
    List<Execution> kept = new ArrayList<>(executions.values());
    kept.removeIf(execution -> !execution.answered());
    long bytes = kept.stream().mapToLong(e -> e.answer().join().bytes()).sum();
    for (Iterator<Execution> oldest = kept.iterator(); oldest.hasNext(); ) {
      Execution execution = oldest.next();
      if (bytes > keptBytes || now - execution.doneNanos >= keep.toNanos()) {
        bytes -= execution.answer().join().bytes();
        executions.remove(execution.key(), execution);
      }
    }
  }

  /** Answers that are kept, and work that is under way. */
  synchronized int size() {
    return executions.size();
  }
}
