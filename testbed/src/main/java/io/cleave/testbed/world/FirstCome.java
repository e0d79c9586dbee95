package io.cleave.testbed.world;

import java.util.function.IntToDoubleFunction;

/** A resource that frames have one at a time, in order of arrival. */
final class FirstCome {
  private final Clock clock;
  private final int timer;
  private final IntToDoubleFunction seconds;
  private final WaitingLine line;
  private int running = Frames.NONE;
  private double startSeconds;
  private double busySeconds;

  /**
   * @param timer that fires when a frame is through
   * @param seconds that a slot has it for, if it begins now
   */
  FirstCome(Clock clock, Frames frames, int timer, IntToDoubleFunction seconds) {
    this.clock = clock;
    this.timer = timer;
    this.seconds = seconds;
    this.line = new WaitingLine(frames);
  }

  /** For which it was had, all together. */
  double busySeconds() {
    return busySeconds;
  }

  /** The slot that has it, or NONE. */
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

  /** The frame that has it is through; the next begins. */
  int done() {
    int slot = running;
    proceed();
    return slot;
  }

  /** A frame no longer wants it. */
  void cancel(int slot) {
    if (slot == running) {
      clock.timers.clear(timer);
      proceed();
    } else {
      line.remove(slot);
    }
  }

  /** Seconds until one more would begin, by what is known now. */
  double queueSeconds() {
    if (running == Frames.NONE) {
      return 0;
    }
    double wait = clock.timers.time(timer) - clock.now();
    for (int slot = line.head(); slot != Frames.NONE; slot = line.behind(slot)) {
      wait += seconds.applyAsDouble(slot);
    }
    return wait;
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
    clock.timers.set(timer, clock.now() + seconds.applyAsDouble(slot));
  }
}
