package io.cleave.testbed.world;

import io.cleave.policies.control.TransferMeter;
import io.cleave.policies.profile.Radio;
import io.cleave.traces.Capacity;

/**
 * One direction of a link: transfers one at a time, first come first served, as fast as the
 * recording allows. A probe uses the link only while no frame wants it. A transfer that is
 * cancelled frees the link at once; what crossed until then has crossed.
 */
final class Pipe {
  /** Stands for a probe where a slot is expected. */
  static final int PROBE = -2;

  /** A sender looks at a long transfer so often. */
  static final double TICK_SECONDS = 0.1;

  private final Clock clock;
  private final Frames frames;
  private final Capacity capacity;
  private final TransferMeter meter;
  private final double callBits;
  private final Radio radio;
  private final boolean up;
  private final int timer;
  private final int tick;
  private final WaitingLine line;
  private int running = Frames.NONE;
  private double size;
  private double startSeconds;
  private double frameBits;
  private double probeBits;
  private double probeJoules;

  /**
   * An idle direction.
   *
   * @param ends what it is joined to
   * @param capacity of the recording
   * @param meter that the device's agent watches it with
   * @param callBits that a frame's transfer takes besides its payload
   * @param link whose direction it is
   * @param up true from the device
   */
  Pipe(Ends ends, Capacity capacity, TransferMeter meter, double callBits, int link, boolean up) {
    this.clock = ends.clock();
    this.frames = ends.frames();
    this.radio = ends.radio();
    this.capacity = capacity;
    this.meter = meter;
    this.callBits = callBits;
    this.up = up;
    this.timer = clock.ofLink(link, up ? Clock.UP : Clock.DOWN);
    this.tick = clock.ofLink(link, Clock.TICK);
    this.line = new WaitingLine(frames);
  }

  /** What every link of a run is joined to. */
  record Ends(Clock clock, Frames frames, Radio radio) {}

  /** A slot, {@link #PROBE}, or NONE. */
  int running() {
    return running;
  }

  double finishSeconds() {
    return clock.timers.time(timer);
  }

  double startSeconds() {
    return startSeconds;
  }

  double rate() {
    return capacity.rateAt(clock.now());
  }

  double frameBits() {
    return frameBits;
  }

  double probeBits() {
    return probeBits;
  }

  double probeJoules() {
    return probeJoules;
  }

  /** A frame's data is to cross; a probe gives way. */
  void enter(int slot) {
    if (running == PROBE) {
      abortProbe();
    }
    if (running == Frames.NONE) {
      begin(slot);
    } else {
      line.add(slot);
    }
  }

  /** Sends a probe over an idle link. */
  void probe(double bits, double promised) {
    begin(PROBE, bits, promised);
  }

  /** The other end is gone. */
  void cut() {
    if (running == PROBE) {
      abortProbe();
    }
  }

  void abortProbe() {
    clock.timers.clear(timer);
    end(moved());
  }

  /** What runs has crossed; the next begins. */
  int done() {
    int slot = running;
    end(size);
    proceed();
    return slot;
  }

  /** A frame's data is no longer wanted. */
  void cancel(int slot) {
    if (slot == running) {
      clock.timers.clear(timer);
      end(moved());
      proceed();
    } else {
      line.remove(slot);
    }
  }

  /** The time of a look has come. */
  void tick() {
    observe();
    if (running != Frames.NONE) {
      watch();
    }
  }

  /** The meter sees how far the running transfer got. */
  void observe() {
    boolean under = running != Frames.NONE && seen();
    if (under && clock.now() - startSeconds >= TransferMeter.STEP_SECONDS) {
      meter.progress(moved(), clock.now());
    }
  }

  /** Of the payload: what a call carries besides goes first. */
  private double moved() {
    double all = capacity.bitsUntil(clock.now()) - capacity.bitsUntil(startSeconds);
    return Math.min(size, Math.max(0, all - besides()));
  }

  private double besides() {
    return running == PROBE ? 0 : callBits;
  }

  private void proceed() {
    if (!line.isEmpty()) {
      begin(line.poll());
    }
  }

  private void begin(int slot) {
    clock.timers.clear(clock.ofFrame(slot, Clock.EXPIRY));
    begin(slot, frames.plan[slot].amounts[frames.hop[slot]], up ? frames.promised[slot] : 0);
  }

  private void begin(int what, double bits, double promised) {
    running = what;
    size = bits;
    startSeconds = clock.now();
    if (seen()) {
      meter.start(startSeconds, promised);
    }
    clock.timers.set(timer, capacity.finish(startSeconds, bits + besides()));
    watch();
  }

  /** The sender looks at a long transfer while it runs. */
  private void watch() {
    double next = clock.now() + TICK_SECONDS;
    if (up && finishSeconds() > next && !clock.timers.isSet(tick)) {
      clock.timers.set(tick, next);
    }
  }

  private void end(double bits) {
    double seconds = clock.now() - startSeconds;
    double joules = up ? radio.sendJoules(bits, seconds) : radio.receiveJoules(bits, seconds);
    if (running == PROBE) {
      probeBits += bits;
      probeJoules += joules;
    } else if (seen()) {
      frameBits += bits;
      frames.radioJoules[running] += joules;
      frames.uplinkBits[running] += up ? bits : 0;
    }
    if (seen()) {
      meter.end(bits, clock.now());
    }
    running = Frames.NONE;
  }

  /** The device neither measures nor pays what helpers hand each other. */
  private boolean seen() {
    return running == PROBE || !frames.between[running];
  }
}
