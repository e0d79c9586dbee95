package io.cleave.policies.cost;

import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.Optional;

/** A piece on its way to its machine and back, step by step. */
final class Trip {
  /** Less than that is rounding. */
  static final double SAME_MOMENT_SECONDS = 1e-9;

  private enum Step {
    UP,
    WORK,
    DOWN,
    BACK
  }

  private Hop.Branch branch; // changed at most once, before the trip begins
  private final Codec codec;
  private final Optional<Trip> before; // that must be back before this one sets out
  private Optional<Sources> sources = Optional.empty(); // until it is known whether they are back
  private Step step;
  private boolean begun;
  private double ready; // when the step can begin; at the end, when the piece is back
  private double codecSeconds;
  private double uplink; // without sending
  private double sending;
  private double queue;
  private double remote;
  private double downlink;

  /** Pieces that this one is made of if they are back, and what it takes if they are not. */
  private record Sources(List<Trip> trips, Hop.Branch otherwise) {
    boolean areBack(double now) {
      return trips.stream()
          .allMatch(trip -> trip.step == Step.BACK && trip.ready <= now + SAME_MOMENT_SECONDS);
    }
  }

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

  /** It is made of others, if these are back when it sets out. */
  void takesFrom(List<Trip> others, Hop.Branch otherwise) {
    sources = Optional.of(new Sources(others, otherwise));
  }

  /** What it takes. */
  Hop.Branch branch() {
    return branch;
  }

  int node() {
    return branch.node();
  }

  double ready() {
    if (sources.isPresent()) {
      return setOut();
    }
    return begun || before.isEmpty() ? ready : before.get().ready + codecSeconds;
  }

  private double setOut() {
    return before.map(trip -> trip.ready).orElse(0.0);
  }

  boolean canGoOn() {
    return step != Step.BACK && (before.isEmpty() || before.get().step == Step.BACK);
  }

  void advance(Resources resources) {
    if (sources.isPresent()) {
      choose(sources.get());
      return; // what it takes is known now, and when its first step can begin
    }
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

  private void choose(Sources others) {
    if (!others.areBack(setOut())) {
      branch = others.otherwise();
      codecSeconds = codec.seconds(branch.upBits());
      ready = codecSeconds;
    }
    sources = Optional.empty();
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
