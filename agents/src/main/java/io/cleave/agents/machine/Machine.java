package io.cleave.agents.machine;

import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.SliceLibrary;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.machine.Outcome.Times;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The processor of an agent: one run at a time to its end, the oldest frame's first, and of one
 * frame's the first handed in. So the simulated device and server order their work, too.
 * Thread-safe.
 *
 * <p>A frame's first stage, its later stages and its hedge all carry the frame's arrival, so an
 * older frame is finished before a younger one begins. Requests of others carry theirs.
 */
public final class Machine implements AutoCloseable {
  /** Runs a step, as {@link SliceLibrary#run} does. */
  @FunctionalInterface
  public interface Engine {
    List<TensorValue> run(Model model, Step step, List<TensorValue> inputs);
  }

  private static final double NANOS = 1e9;

  private final Pace pace;
  private final Engine engine;
  private final LongSupplier clock;
  private final Thread thread;
  private final ScheduledThreadPoolExecutor answers;
  private final List<Run> waiting = new ArrayList<>(); // in the order in which they go
  private final RunTimes times;
  private Optional<Run> running = Optional.empty();
  private double runningUntilNanos;
  private Tally tally = Tally.NONE;
  private final AtomicLong peakTensorBytes = new AtomicLong();
  private boolean closed;

  /** A machine that runs slices by the system's clock. */
  public Machine(Pace pace, SliceLibrary library) {
    this(pace, library::run, System::nanoTime);
  }

  /**
   * @param clock nanoseconds from any fixed moment
   */
  public Machine(Pace pace, Engine engine, LongSupplier clock) {
    this.pace = pace;
    this.engine = engine;
    this.clock = clock;
    this.times = new RunTimes(pace);
    this.answers = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "machine-answers"));
    this.answers.setRemoveOnCancelPolicy(true);
    this.thread = daemon(this::serve, "machine");
    this.thread.start();
  }

  /** The present moment on the machine's clock, for {@link Work#arrivalNanos}. */
  public long nanos() {
    return clock.getAsLong();
  }

  /** Hands in work. A machine that is closed cancels it at once. */
  public Run submit(Work work) {
    Run run = new Run(work, clock.getAsLong(), this::cancel);
    synchronized (this) {
      if (closed) {
        run.outcome.complete(new Outcome.Cancelled(waited(run)));
        return run;
      }
      int place = waiting.size();
      while (place > 0 && waiting.get(place - 1).work.arrivalNanos() - work.arrivalNanos() > 0) {
        place--;
      }
      waiting.add(place, run);
      if (work.startWithinSeconds() < Double.POSITIVE_INFINITY) {
        long nanos = (long) (work.startWithinSeconds() * NANOS);
        run.expiry = answers.schedule(() -> expire(run), nanos, TimeUnit.NANOSECONDS);
      }
      notifyAll();
    }
    return run;
  }

  /**
   * Seconds until new work would begin, as predicted: what is left of the present run, and all that
   * waits and is decided. Without a pace, a slice that never ran counts nothing.
   */
  public synchronized double queueSeconds() {
    double sum = running.isPresent() ? (runningUntilNanos - clock.getAsLong()) / NANOS : 0;
    sum = Math.max(0, sum);
    for (Run run : waiting) {
      sum += expected(run);
    }
    return sum;
  }

  /** True if nothing runs and nothing waits. */
  public synchronized boolean idle() {
    return running.isEmpty() && waiting.isEmpty();
  }

  public synchronized Tally tally() {
    return tally;
  }

  /** The most that a run's tensors took since the machine was made, inputs and outputs together. */
  public long peakTensorBytes() {
    return peakTensorBytes.get();
  }

  /** Cancels all that waits or runs, and returns when the engine is through. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      running.ifPresent(this::cancel);
      List.copyOf(waiting).forEach(this::cancel);
      notifyAll();
    }
    try {
      thread.join();
      answers.shutdown(); // what is on its way is still told
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    for (Optional<Run> next = next(); next.isPresent(); next = next()) {
      Run run = next.get();
      end(run, perform(run));
    }
  }

  private synchronized Optional<Run> next() {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException error) {
      throw new IllegalStateException("Nobody interrupts the machine's thread.", error);
    }
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Run run = waiting.remove(0);
    run.expiry.cancel(false);
    running = Optional.of(run);
    runningUntilNanos = clock.getAsLong();
    return running;
  }

  private Outcome perform(Run run) {
    long began = clock.getAsLong();
    double queued = (began - run.submittedNanos) / NANOS;
    if (queued > run.work.startWithinSeconds()) {
      return new Outcome.Expired(new Times(queued, 0, 0));
    }
    run.began = true;
    try {
      SliceRun slice = run.work.choice().get();
      begin(run, slice, began);
      return walked(run, slice, new Times(queued, 0, 0), began);
    } catch (RuntimeException | Error error) {
      // One frame's trouble is told to who asked for it; the machine goes on with the next.
      double lost = (clock.getAsLong() - began) / NANOS;
      return new Outcome.Failed(error, new Times(queued, lost, lost));
    }
  }

  /** Step by step, each held as long as the pace says, until the frame leaves or is called off. */
  private Outcome walked(Run run, SliceRun slice, Times waited, long began) {
    Walk walk = new Walk(slice, engine);
    List<Double> seconds = new ArrayList<>(); // of each step
    double engineSeconds = 0;
    double pacedSeconds = 0;
    boolean overrun = false;
    long mark = began;
    do {
      Step step = walk.step();
      peakTensorBytes.accumulateAndGet(walk.tensorBytes(), Math::max);
      long through = clock.getAsLong();
      engineSeconds += (through - mark) / NANOS;
      OptionalDouble paced = pace.seconds(slice.model().graph(), step);
      if (paced.isPresent()) {
        pacedSeconds += paced.getAsDouble();
        overrun |= (through - began) / NANOS > pacedSeconds;
        Hold.until(began + (long) (pacedSeconds * NANOS), clock, () -> run.cancelled);
      }
      long now = clock.getAsLong();
      seconds.add((now - mark) / NANOS);
      mark = now;
    } while (walk.goesOn() && !run.cancelled);
    Times times = new Times(waited.queueSeconds(), (mark - began) / NANOS, engineSeconds);
    return run.cancelled
        ? new Outcome.Cancelled(times)
        : new Outcome.Finished(walk.outputs(), times, seconds, overrun, walk.left());
  }

  private synchronized void begin(Run run, SliceRun slice, long began) {
    run.slice = Optional.of(slice);
    runningUntilNanos = began + times.expected(slice) * NANOS;
  }

  private synchronized void cancel(Run run) {
    if (waiting.remove(run)) {
      end(run, new Outcome.Cancelled(waited(run)));
    } else if (running.filter(run::equals).isPresent()) {
      run.cancelled = true;
      LockSupport.unpark(thread);
    }
  }

  private synchronized void expire(Run run) {
    if (waiting.remove(run)) {
      end(run, new Outcome.Expired(waited(run)));
    }
  }

  private synchronized void end(Run run, Outcome outcome) {
    run.expiry.cancel(false);
    if (running.filter(run::equals).isPresent()) {
      running = Optional.empty();
    }
    tally = tally.plus(outcome, run.began, expected(run));
    if (outcome instanceof Outcome.Finished) {
      run.slice.ifPresent(slice -> times.took(slice, outcome.times().computeSeconds()));
    }
    run.outcome.completeAsync(() -> outcome, answers);
  }

  private double expected(Run run) {
    return run.slice.map(times::expected).orElse(0.0);
  }

  private Times waited(Run run) {
    return new Times((clock.getAsLong() - run.submittedNanos) / NANOS, 0, 0);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
