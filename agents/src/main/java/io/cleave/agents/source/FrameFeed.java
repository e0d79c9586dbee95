package io.cleave.agents.source;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;

/**
 * Makes frames ahead of need, off the loop, since an image takes long to read. Memory: {@value
 * #AHEAD} frames.
 */
public final class FrameFeed implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FrameFeed.class);
  private static final int AHEAD = 3;

  private final LongFunction<Content> maker;
  private final Runnable whenReady;
  private final ExecutorService executor;
  private final ArrayDeque<Content> ready = new ArrayDeque<>();
  private long next;
  private boolean failed;

  /**
   * Begins to make frames.
   *
   * @param maker of the frame with this number; if it fails, no more frames come
   * @param whenReady called from the feed's thread when a frame that was missed is there
   */
  public FrameFeed(LongFunction<Content> maker, Runnable whenReady) {
    this.maker = maker;
    this.whenReady = whenReady;
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "cleave-frame-source");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < AHEAD; i++) {
      executor.execute(this::make);
    }
  }

  /** The next frame in order; empty if it is not made yet. */
  public Optional<Content> poll() {
    Content frame;
    synchronized (ready) {
      frame = ready.poll();
    }
    if (frame == null) {
      return Optional.empty();
    }
    executor.execute(this::make);
    return Optional.of(frame);
  }

  /** True if no more frames come, since the maker failed. */
  public boolean failed() {
    synchronized (ready) {
      return failed;
    }
  }

  private void make() {
    try {
      Content frame = maker.apply(next++);
      boolean missed;
      synchronized (ready) {
        missed = ready.isEmpty();
        ready.add(frame);
      }
      if (missed) {
        whenReady.run();
      }
    } catch (RuntimeException broken) { // the agent goes on with what others post
      LOG.errorf("No more frames are made: %s", broken.getMessage());
      synchronized (ready) {
        failed = true;
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
