package io.cleave.testbed.experiment;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Says how far a run is, at which rate, and how long it will still take: a bar on a terminal, a
 * plain line every few seconds otherwise. Owned by the thread that runs the experiment.
 */
public interface Progress extends AutoCloseable {
  /** So many cells are finished. */
  void done(int cells);

  @Override
  void close();

  /** Says nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void done(int cells) {}

      @Override
      public void close() {}
    };
  }

  /** A bar that is drawn again and again in one line of the terminal. */
  static Progress bar(int cells) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("cells")
            .setInitialMax(cells)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .showSpeed()
            .build();
    return new Progress() {
      @Override
      public void done(int finished) {
        bar.stepTo(finished);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /**
   * A line every five seconds.
   *
   * @param nanos a clock
   */
  static Progress lines(int cells, PrintStream out, LongSupplier nanos) {
    long start = nanos.getAsLong();
    return new Progress() {
      private static final long PAUSE = Duration.ofSeconds(5).toNanos();
      private long next = start + PAUSE;

      @Override
      public void done(int finished) {
        long now = nanos.getAsLong();
        if (now >= next && finished < cells) {
          double rate = finished / ((now - start) / 1e9);
          out.printf(
              "cleave: %d of %d cells, %.1f a second, about %.0f s left%n",
              finished, cells, rate, (cells - finished) / rate);
          next = now + PAUSE;
        }
      }

      @Override
      public void close() {}
    };
  }
}
