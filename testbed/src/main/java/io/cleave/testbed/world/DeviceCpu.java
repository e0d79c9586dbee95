package io.cleave.testbed.world;

import java.util.Arrays;

/**
 * The device's processor: one job at a time to its end, the oldest frame's first. A frame has up to
 * two jobs: the next layers of its way, and the rest of the network as a hedge.
 */
final class DeviceCpu {
  private final Clock clock;
  private final Frames frames;
  private final int timer;
  private int[] ready = new int[8]; // [count] jobs, oldest frame first
  private int count;
  private int running = Frames.NONE; // job
  private double startSeconds;

  DeviceCpu(Clock clock, Frames frames, int device) {
    this.clock = clock;
    this.frames = frames;
    this.timer = clock.ofDevice(device, Clock.DEVICE);
  }

  boolean isIdle() {
    return running == Frames.NONE;
  }

  boolean hasReady() {
    return count > 0;
  }

  /** A job can run as soon as the processor is free for it. */
  void ready(int slot, boolean rest) {
    if (count == ready.length) {
      ready = Arrays.copyOf(ready, 2 * count);
    }
    long number = frames.number[slot];
    int place = count++;
    while (place > 0 && frames.number[ready[place - 1] >> 1] > number) {
      ready[place] = ready[place - 1];
      place--;
    }
    ready[place] = job(slot, rest);
  }

  /** The oldest frame's job begins. */
  void begin() {
    running = ready[0];
    count--;
    System.arraycopy(ready, 1, ready, 0, count);
    startSeconds = clock.now();
    clock.timers.set(timer, startSeconds + seconds(running));
  }

  /** The running job is through. */
  int done() {
    int job = running;
    account();
    return job;
  }

  /** A job is no longer wanted; nothing happens if there is none. */
  void cancel(int slot, boolean rest) {
    int job = job(slot, rest);
    if (running == job) {
      clock.timers.clear(timer);
      account();
      return;
    }
    for (int i = 0; i < count; i++) {
      if (ready[i] == job) {
        count--;
        System.arraycopy(ready, i + 1, ready, i, count - i);
        return;
      }
    }
  }

  static int slot(int job) {
    return job >> 1;
  }

  static boolean isRest(int job) {
    return (job & 1) != 0;
  }

  /** Seconds until a new frame could begin if none were waiting to be started. */
  double queueSeconds() {
    double sum = isIdle() ? 0 : startSeconds + seconds(running) - clock.now();
    for (int i = 0; i < count; i++) {
      sum += seconds(ready[i]);
    }
    return Math.max(0, sum);
  }

  private void account() {
    double spent = clock.now() - startSeconds;
    if (isRest(running)) {
      frames.hedgeSeconds[slot(running)] += spent;
    } else {
      frames.deviceSeconds[slot(running)] += spent;
    }
    running = Frames.NONE;
  }

  private double seconds(int job) {
    CompiledPlan plan = frames.plan[slot(job)];
    return isRest(job) ? plan.restSeconds : plan.amounts[frames.hop[slot(job)]];
  }

  private static int job(int slot, boolean rest) {
    return slot << 1 | (rest ? 1 : 0);
  }
}
