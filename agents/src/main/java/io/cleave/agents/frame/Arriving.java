package io.cleave.agents.frame;

import io.cleave.agents.source.ArrivalClock;
import io.cleave.agents.source.Content;
import io.cleave.agents.source.FrameFeed;
import java.util.Optional;

/**
 * Frames that the agent makes itself: they come in when the clock says so, and wait for nothing but
 * the device; those that wait need no memory. Owned by the loop.
 */
public final class Arriving {
  private final ArrivalClock next;
  private final ArrivalClock ahead; // of all that came in, started or not
  private final FrameFeed feed;
  private final double startSeconds;

  /**
   * @param next the clock of the frames that are started
   * @param ahead another that tells the same times
   * @param feed what is in them
   * @param startSeconds from which their times count, on the loop's clock
   */
  public Arriving(ArrivalClock next, ArrivalClock ahead, FrameFeed feed, double startSeconds) {
    this.next = next;
    this.ahead = ahead;
    this.feed = feed;
    this.startSeconds = startSeconds;
  }

  /** When the next frame to be started comes in; infinite after the last. */
  double arrivalSeconds() {
    return feed.failed() ? Double.POSITIVE_INFINITY : startSeconds + next.seconds();
  }

  /** The content of the next frame; empty if it is not made yet. */
  Optional<Content> take() {
    Optional<Content> frame = feed.poll();
    frame.ifPresent(any -> next.advance());
    return frame;
  }

  /** Frames that came in until now. */
  long arrived(double now) {
    while (!feed.failed() && startSeconds + ahead.seconds() <= now) {
      ahead.advance();
    }
    return ahead.frame();
  }

  /** Of those, not started yet. */
  long waiting(double now) {
    return arrived(now) - next.frame();
  }
}
