package io.cleave.testbed.world;

/**
 * A server: its processor, slower under load, and its own link, which all whom it serves share,
 * both ways together. A transfer is on one link after the other.
 */
final class Server {
  private final Clock clock;
  private final Frames frames;
  private final ServerLoad load;
  private final double accessBitsPerSecond;
  private final FirstCome processor;
  private final FirstCome access;
  private boolean lost;

  /**
   * @param accessBitsPerSecond infinite if nobody ever waits for its link
   * @param number of the server
   */
  Server(Clock clock, Frames frames, ServerLoad load, double accessBitsPerSecond, int number) {
    this.clock = clock;
    this.frames = frames;
    this.load = load;
    this.accessBitsPerSecond = accessBitsPerSecond;
    this.processor =
        new FirstCome(
            clock, frames, clock.ofServer(number, Clock.CPU), slot -> amount(slot) * slowdown());
    this.access =
        new FirstCome(
            clock,
            frames,
            clock.ofServer(number, Clock.ACCESS),
            slot -> amount(slot) / accessBitsPerSecond);
  }

  /** What a frame wants on its present leg: seconds of an idle processor, or bits. */
  private double amount(int slot) {
    return frames.plan[slot].amounts[frames.hop[slot]];
  }

  FirstCome processor() {
    return processor;
  }

  FirstCome access() {
    return access;
  }

  /** True if its own link is anything to wait for. */
  boolean isNarrow() {
    return accessBitsPerSecond < Double.POSITIVE_INFINITY;
  }

  double slowdown() {
    return load.at(clock.now());
  }

  /** It dies, and takes nothing any more. */
  void die() {
    lost = true;
  }

  boolean lost() {
    return lost;
  }
}
