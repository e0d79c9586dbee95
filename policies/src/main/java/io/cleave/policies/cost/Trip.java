package io.cleave.policies.cost;

import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Stage;
import java.util.Optional;

/** A piece on its way to its machine and back, step by step. */
final class Trip {
  private enum Step {
    UP,
    WORK,
    DOWN,
    BACK
  }

  private final Hop.Branch branch;
  private final Codec codec;
  private final Optional<Trip> before; // that must be back before this one sets out
  private Step step;
  private boolean begun;
  private double ready; // when the step can begin; at the end, when the piece is back
  private double codecSeconds;
  private double uplink; // without sending
  private double sending;
  private double queue;
  private double remote;
  private double downlink;

  Trip(Hop.Branch branch, Codec codec, Optional<Trip> before) {
    this.branch = branch;
    this.codec = codec;
    this.before = before;
    this.step = here() ? Step.WORK : Step.UP;
    this.codecSeconds = codec.seconds(branch.upBits());
    this.ready = codecSeconds;
  }

  private boolean here() {
    return branch.node() == Stage.DEVICE;
  }

  int node() {
    return branch.node();
  }

  double ready() {
    return begun || before.isEmpty() ? ready : before.get().ready + codecSeconds;
  }

  boolean canGoOn() {
    return step != Step.BACK && (before.isEmpty() || before.get().step == Step.BACK);
  }

  void advance(Resources resources) {
    if (!begun) {
      before.ifPresent(this::follow);
      begun = true;
    }
    switch (step) {
      case UP -> up(resources);
      case WORK -> work(resources);
      default -> down(resources);
    }
  }

  /** What the one before took is part of what this one takes, since it had to wait for it. */
  private void follow(Trip earlier) {
    ready = earlier.ready + codecSeconds;
    codecSeconds += earlier.codecSeconds;
    uplink = earlier.uplink + earlier.sending;
    queue = earlier.queue;
    remote = earlier.remote;
    downlink = earlier.downlink;
  }

  private void up(Resources resources) {
    sending = branch.upBits() / resources.upBitsPerSecond(node());
    double begin = resources.up(node(), ready, sending);
    uplink += begin - ready + resources.halfTrip(node());
    ready = begin + sending + resources.halfTrip(node());
    step = Step.WORK;
  }

  private void work(Resources resources) {
    double begin = resources.work(node(), ready, branch.seconds());
    queue += begin - ready;
    remote += branch.seconds();
    ready = begin + branch.seconds();
    step = here() ? Step.BACK : Step.DOWN;
    double seconds = codec.seconds(branch.downBits());
    codecSeconds += seconds;
    ready += seconds;
  }

  private void down(Resources resources) {
    double seconds = branch.downBits() / resources.downBitsPerSecond(node());
    double begin = resources.down(node(), ready, seconds);
    downlink += begin - ready + seconds + resources.halfTrip(node());
    ready = begin + seconds + resources.halfTrip(node());
    step = Step.BACK;
  }

  double sending() {
    return sending;
  }

  Latency latency() {
    return here()
        ? new Latency(queue + remote, 0, 0, 0, 0, 0)
        : new Latency(0, codecSeconds, uplink, queue, remote, downlink);
  }
}
