package io.cleave.testbed.world;

/**
 * A frame's life: leg by leg over the machines and links of its plan, its hedge beside it, until
 * the first answer; then the other is cancelled, wherever it is.
 */
final class Journey {
  // Where a frame's way is on its present leg.
  private static final byte NOWHERE = 0;
  private static final byte ON_DEVICE = 1;
  private static final byte IN_CODEC = 2;
  private static final byte ON_LINK = 3;
  private static final byte IN_AIR = 4;
  private static final byte ON_SERVER = 5;
  private static final byte ON_ACCESS = 6;
  private static final byte SHARED = 7;
  private static final byte AWAITING = 8; // what others hand over, where it was made

  private final Clock clock;
  private final Frames frames;
  private final DeviceCpu device;
  private final Remote[] remotes;
  private final double deadlineSeconds;
  private final FrameSink sink;
  private final Reckoning reckoning;
  private final Scatter scatter;
  private long hedges;
  private long hedgesWon;
  private long expired;

  Journey(Party party, FrameSink sink) {
    this.clock = party.clock();
    this.frames = party.frames();
    this.device = party.device();
    this.remotes = party.remotes();
    this.deadlineSeconds = party.scenario().workload().demand().deadlineSeconds();
    this.reckoning = new Reckoning(party);
    this.sink = sink;
    this.scatter = new Scatter(this, party);
  }

  /** Frames that the device began to continue alone. */
  long hedges() {
    return hedges;
  }

  /** Of these, those that it answered first. */
  long hedgesWon() {
    return hedgesWon;
  }

  /**
   * Frames, or pieces of them, whose upload was dropped since it still waited at their deadline.
   */
  long expired() {
    return expired;
  }

  /** A frame whose slot is filled in begins. */
  void start(int slot) {
    advance(slot);
  }

  void deviceDone() {
    int job = device.done();
    int slot = DeviceCpu.slot(job);
    if (frames.way[slot] == ON_DEVICE && scatter.inRounds(slot) && !DeviceCpu.isRest(job)) {
      scatter.madeRound(slot);
    } else if (frames.parent[slot] != Frames.NONE) {
      scatter.madeHere(slot);
    } else if (DeviceCpu.isRest(job)) {
      answer(slot, true);
    } else if (frames.way[slot] == SHARED) {
      scatter.madeOwn(slot);
    } else {
      nextLeg(slot);
    }
  }

  /** A frame's data crossed a link; half a round trip later it is there. */
  void crossed(int slot, double rttSeconds) {
    frames.way[slot] = IN_AIR;
    clock.timers.set(clock.ofFrame(slot, Clock.WAY), clock.now() + rttSeconds / 2);
  }

  /** Its data crossed the server's own link. */
  void accessDone(int slot) {
    if (up(slot)) {
      nextLeg(slot);
    } else {
      enterLink(slot);
    }
  }

  void serverDone(int slot) {
    nextLeg(slot);
  }

  void onTimer(int slot, int kind) {
    if (kind == Clock.ZEROS) {
      scatter.takeZeros(slot);
    } else if (frames.way[slot] == SHARED) {
      scatter.waitedEnough(slot);
    } else if (kind == Clock.HEDGE) {
      device.ready(slot, true);
      hedges++;
    } else if (kind == Clock.EXPIRY) {
      expire(slot);
    } else if (frames.way[slot] == IN_CODEC) {
      depart(slot);
    } else if (up(slot) && reached(slot).isNarrow()) {
      enterAccess(slot);
    } else {
      nextLeg(slot);
    }
  }

  /** A leg is behind the frame or piece. */
  void nextLeg(int slot) {
    frames.hop[slot]++;
    advance(slot);
  }

  /** It begins its leg. */
  void advance(int slot) {
    CompiledPlan plan = frames.plan[slot];
    int hop = frames.hop[slot];
    if (hop == plan.kinds.length) {
      frames.way[slot] = NOWHERE;
      if (frames.parent[slot] == Frames.NONE) {
        answer(slot, false);
      } else {
        scatter.back(slot);
      }
    } else if (plan.kinds[hop] == CompiledPlan.ON_DEVICE) {
      frames.way[slot] = ON_DEVICE;
      device.ready(slot, false);
    } else if (plan.kinds[hop] == CompiledPlan.ON_SERVER) {
      frames.way[slot] = ON_SERVER;
      remotes[plan.servers[hop]].server().processor().enter(slot);
    } else if (plan.kinds[hop] == CompiledPlan.SHARED) {
      frames.way[slot] = SHARED;
      scatter.start(slot);
    } else if (plan.kinds[hop] == CompiledPlan.AWAIT) {
      frames.way[slot] = AWAITING;
      scatter.handOver(slot);
    } else {
      send(slot, plan, hop);
    }
  }

  private void send(int slot, CompiledPlan plan, int hop) {
    if (remotes[plan.servers[hop]].server().lost()) {
      refused(slot);
      return;
    }
    if (!frames.handedOver[slot]) {
      frames.handedOver[slot] = true;
      armHedge(slot, plan.hedgeDelay);
    }
    if (plan.codecSeconds[hop] > 0) {
      frames.way[slot] = IN_CODEC;
      clock.timers.set(clock.ofFrame(slot, Clock.WAY), clock.now() + plan.codecSeconds[hop]);
    } else {
      depart(slot);
    }
  }

  /** A transfer sets out: from the server over its own link first. */
  private void depart(int slot) {
    if (!up(slot) && reached(slot).isNarrow()) {
      enterAccess(slot);
    } else {
      enterLink(slot);
    }
  }

  private void enterAccess(int slot) {
    frames.way[slot] = ON_ACCESS;
    reached(slot).access().enter(slot);
  }

  private void armHedge(int slot, double delay) {
    if (delay == 0) {
      device.ready(slot, true);
      hedges++;
    } else if (delay < Double.POSITIVE_INFINITY) {
      clock.timers.set(clock.ofFrame(slot, Clock.HEDGE), clock.now() + delay);
    }
  }

  private void enterLink(int slot) {
    frames.way[slot] = ON_LINK;
    Pipe pipe = pipe(slot);
    pipe.enter(slot);
    if (pipe.running() != slot && up(slot) && deadlineSeconds < Double.POSITIVE_INFINITY) {
      double deadline = frames.arrival[slot] + deadlineSeconds;
      clock.timers.set(clock.ofFrame(slot, Clock.EXPIRY), Math.max(clock.now(), deadline));
    }
  }

  /** An upload that still waits at the frame's deadline is dropped; the device carries on alone. */
  private void expire(int slot) {
    pipe(slot).cancel(slot);
    frames.way[slot] = NOWHERE;
    expired++;
    carryOn(slot);
  }

  /** Nobody answers where a frame or piece is to go. */
  private void refused(int slot) {
    frames.way[slot] = NOWHERE;
    if (frames.parent[slot] == Frames.NONE && !frames.handedOver[slot]) {
      frames.handedOver[slot] = true;
      armHedge(slot, 0);
    } else {
      carryOn(slot);
    }
  }

  /** A server is lost: the device carries on with what is there, or on its way there or back. */
  void lost(int slot, Server dead) {
    boolean away =
        (frames.way[slot] >= IN_CODEC && frames.way[slot] <= ON_ACCESS)
            || (frames.way[slot] == AWAITING && server(slot) >= 0);
    if (away && reached(slot) == dead) {
      cancelWay(slot);
      carryOn(slot);
    }
  }

  /** Its way has ended before its end. */
  private void carryOn(int slot) {
    if (frames.parent[slot] != Frames.NONE) {
      scatter.lost(slot);
      return;
    }
    boolean waits = clock.timers.isSet(clock.ofFrame(slot, Clock.HEDGE));
    if (waits || !(frames.plan[slot].hedgeDelay < Double.POSITIVE_INFINITY)) {
      clock.timers.clear(clock.ofFrame(slot, Clock.HEDGE));
      device.ready(slot, true);
      hedges++;
    }
  }

  private void answer(int slot, boolean byHedge) {
    cancelWay(slot);
    if (frames.handedOver[slot] && !byHedge) {
      clock.timers.clear(clock.ofFrame(slot, Clock.HEDGE));
      device.cancel(slot, true);
    }
    hedgesWon += byHedge ? 1 : 0;
    sink.accept(reckoning.record(slot, byHedge));
    frames.close(slot);
  }

  /** Takes it back from wherever it is on its way. */
  void cancelWay(int slot) {
    switch (frames.way[slot]) {
      case NOWHERE -> {}
      case ON_DEVICE -> device.cancel(slot, false);
      case ON_LINK -> {
        clock.timers.clear(clock.ofFrame(slot, Clock.EXPIRY));
        pipe(slot).cancel(slot);
      }
      case ON_SERVER -> reached(slot).processor().cancel(slot);
      case ON_ACCESS -> reached(slot).access().cancel(slot);
      default -> clock.timers.clear(clock.ofFrame(slot, Clock.WAY));
    }
    frames.way[slot] = NOWHERE;
  }

  private Pipe pipe(int slot) {
    Remote remote = remotes[server(slot)];
    return up(slot) ? remote.up() : remote.down();
  }

  private Server reached(int slot) {
    return remotes[server(slot)].server();
  }

  private boolean up(int slot) {
    return frames.plan[slot].kinds[frames.hop[slot]] == CompiledPlan.UP;
  }

  private int server(int slot) {
    return frames.plan[slot].servers[frames.hop[slot]];
  }
}
