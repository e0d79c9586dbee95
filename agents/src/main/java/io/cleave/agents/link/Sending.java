package io.cleave.agents.link;

import io.cleave.agents.loop.Loop;
import io.cleave.policies.control.LinkWatch;
import java.util.Optional;

/**
 * Measures what is sent over one link, one transfer at a time, by what the far end acknowledges.
 * Acknowledgements come in steps and half a round trip late; so the clock of a transfer starts one
 * round trip after its first byte left, and silence counts as an outage only when it lasts longer
 * than the estimate explains. Owned by the loop.
 */
final class Sending {
  /** A sender looks at a long transfer so often. */
  static final double TICK_SECONDS = 0.1;

  /** What is sent between two acknowledgements over a slow link. */
  private static final double STEP_BITS = 8 * (4 << 10);

  /** So many steps may be missing before silence means something. */
  private static final double PATIENCE_STEPS = 2;

  private final Loop loop;
  private final LinkWatch watch;
  private Optional<Loop.Timer> tick = Optional.empty();
  private double ackedBits;
  private double ackedSeconds;
  private boolean running;

  Sending(Loop loop, LinkWatch watch) {
    this.loop = loop;
    this.watch = watch;
  }

  /**
   * The next transfer has the link.
   *
   * @param promisedBitsPerSecond rate at which it was decided on; 0 if none was
   * @param rttSeconds of the link and the programs at its ends
   */
  void start(double promisedBitsPerSecond, double rttSeconds) {
    running = true;
    ackedBits = 0;
    ackedSeconds = loop.now() + rttSeconds;
    watch.sending().start(ackedSeconds, promisedBitsPerSecond);
    tick.ifPresent(Loop.Timer::cancel);
    tickLater();
  }

  /** The far end has so many bits of it. */
  void acknowledged(double bits) {
    if (running && bits > ackedBits) {
      ackedBits = bits;
      ackedSeconds = loop.now();
      watch.sending().progress(bits, ackedSeconds);
    }
  }

  /** It is over, complete or not. */
  void end() {
    if (running) {
      observe();
      running = false;
      tick.ifPresent(Loop.Timer::cancel);
      watch.sending().end(ackedBits, silent() ? loop.now() : ackedSeconds);
    }
  }

  /** Looks whether silence says something. */
  void observe() {
    if (running && silent()) {
      watch.sending().progress(ackedBits, loop.now());
    }
  }

  private boolean silent() {
    double rate = watch.up().bitsPerSecond();
    double explained = watch.up().known() ? PATIENCE_STEPS * STEP_BITS / rate : 0;
    return loop.now() - ackedSeconds > Math.max(TICK_SECONDS, explained);
  }

  private void tickLater() {
    tick = Optional.of(loop.after(TICK_SECONDS, this::onTick));
  }

  private void onTick() {
    if (running) {
      observe();
      tickLater();
    }
  }
}
