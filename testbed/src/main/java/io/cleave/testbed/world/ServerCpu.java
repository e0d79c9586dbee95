package io.cleave.testbed.world;

/** A server's processor: one frame at a time, in order of arrival, slower under load. */
final class ServerCpu {
  private final Clock clock;
  private final Frames frames;
  private final ServerLoad load;
  private final int timer;
  private final WaitingLine line;
  private int running = Frames.NONE;
  private double startSeconds;
  private double busySeconds;
  private boolean lost;

  ServerCpu(Clock clock, Frames frames, ServerLoad load, int timer) {
    this.clock = clock;
    this.frames = frames;
    this.load = load;
    this.timer = timer;
    this.line = new WaitingLine(frames);
  }

  /** For which it has worked, all together. */
  double busySeconds() {
    return busySeconds;
  }

  /** It dies, and takes nothing any more. */
  void die() {
    lost = true;
  }

  boolean lost() {
    return lost;
  }

  /** The slot that it works for, or NONE. */
  int running() {
    return running;
  }

  void enter(int slot) {
    if (running == Frames.NONE) {
      begin(slot);
    } else {
      line.add(slot);
    }
  }

  /** The running frame is through; the next begins. */
  int done() {
    int slot = running;
    proceed();
    return slot;
  }

  /** A frame is no longer wanted here. */
  void cancel(int slot) {
    if (slot == running) {
      clock.timers.clear(timer);
      proceed();
    } else {
      line.remove(slot);
    }
  }

  double slowdown() {
    return load.at(clock.now());
  }

  /** Seconds until new work would begin, by what is known now. */
  double queueSeconds() {
    if (running == Frames.NONE) {
      return 0;
    }
    double seconds = clock.timers.time(timer) - clock.now();
    for (int slot = line.head(); slot != Frames.NONE; slot = line.behind(slot)) {
      seconds += work(slot) * slowdown();
    }
    return seconds;
  }

  private void proceed() {
    busySeconds += clock.now() - startSeconds;
    running = Frames.NONE;
    if (!line.isEmpty()) {
      begin(line.poll());
    }
  }

  private void begin(int slot) {
    running = slot;
    startSeconds = clock.now();
    clock.timers.set(timer, clock.now() + work(slot) * slowdown());
  }

  private double work(int slot) {
    return frames.plan[slot].amounts[frames.hop[slot]];
  }
}
