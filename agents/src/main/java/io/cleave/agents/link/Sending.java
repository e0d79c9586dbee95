package io.cleave.agents.link;

import io.cleave.agents.loop.Loop;
import io.cleave.policies.control.LinkWatch;
import java.util.Optional;

/**
 * Measures what is sent over one link, one transfer at a time, by what the far end acknowledges.
 * Acknowledgements come in steps and half a round trip late; so the clock of a transfer starts one
 * round trip after its first byte left, and silence counts as an outage only when it lasts longer
 * than the estimate explains; transfer after transfer, if they are given up without a word. Owned
 * by the loop.
 */
final class Sending {
  /** A sender looks at a long transfer so often. */
  static final double TICK_SECONDS = 0.1;

  /** What is sent between two acknowledgements over a slow link, at most. */
  private static final double STEP_BITS = 8 * (4 << 10);

  /** What may be under way besides, of others: a report, heads of calls. */
  private static final double OTHERS_BITS = 8 * (1 << 10);

  /** So many times the time of a step may pass before silence means something. */
  private static final double PATIENCE = 2;

  private final Loop loop;
  private final LinkWatch watch;
  private Optional<Loop.Timer> tick = Optional.empty();
  private double ackedBits;
  private double ackedSeconds;
  private double stepBits;
  private double silentBefore; // seconds, in transfers that were given up without a word
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
   * @param bits that it has
   */
  void start(double promisedBitsPerSecond, double rttSeconds, double bits) {
    running = true;
    stepBits = Math.min(STEP_BITS, bits + OTHERS_BITS);
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
      heard();
      watch.sending().progress(bits, ackedSeconds);
    }
  }

  /** The far end gave a sign of life that tells nothing of the rate. */
  void heard() {
    ackedSeconds = loop.now();
    silentBefore = 0;
  }

  /** It is over, complete or not. */
  void end() {
    if (running) {
      observe();
      running = false;
      tick.ifPresent(Loop.Timer::cancel);
      double until = silent() ? loop.now() : ackedSeconds;
      silentBefore += ackedBits == 0 ? Math.max(0, loop.now() - ackedSeconds) : 0;
      watch.sending().end(ackedBits, until);
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
    double explained = watch.up().known() ? PATIENCE * stepBits / rate : 0;
    return silentBefore + loop.now() - ackedSeconds > Math.max(TICK_SECONDS, explained);
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
