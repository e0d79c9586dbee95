package io.cleave.transport.mqtt;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one connection. Events belong to us and never wait; completions and callbacks run
 * what others wrote, apart from each other, so that who blocks in a callback until its publication
 * is acknowledged still hears of that.
 */
final class Threads {
  private static final System.Logger LOG = System.getLogger(Threads.class.getName());

  private final ScheduledExecutorService events;
  private final ExecutorService completions;
  private final ExecutorService callbacks;

  Threads(String name) {
    events = Executors.newSingleThreadScheduledExecutor(daemons(name + "-events"));
    completions = Executors.newSingleThreadExecutor(daemons(name + "-completions"));
    callbacks = Executors.newCachedThreadPool(daemons(name + "-callbacks"));
  }

  /** For what the client library and we do: one thread. */
  void event(Runnable task) {
    submit(events, task);
  }

  void eventAfter(Duration delay, Runnable task) {
    Future<?> unused = events.schedule(kept(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void eventEvery(Duration period, Runnable task) {
    long nanos = period.toNanos();
    Future<?> unused =
        events.scheduleWithFixedDelay(kept(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** For those who wait for a publication or a state: one thread, in order. */
  void completion(Runnable task) {
    submit(completions, task);
  }

  /** For the consumers of messages: as many threads as there are consumers at work. */
  void callback(Runnable task) {
    submit(callbacks, task);
  }

  void shutdown() {
    events.shutdown();
    completions.shutdown();
    callbacks.shutdown();
  }

  private static void submit(ExecutorService where, Runnable task) {
    try {
      where.execute(kept(task));
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, "Nobody listens any more: the connection is closed.");
    }
  }

  /** The one place that keeps the connection alive whatever a task does. */
  private static Runnable kept(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "A task of the MQTT connection failed.", failure);
      }
    };
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, "mqtt-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
