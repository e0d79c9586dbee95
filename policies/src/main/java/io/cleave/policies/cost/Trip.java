package io.cleave.policies.cost;

import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.Optional;

/** A piece on its way to its machine and back, step by step. */
final class Trip implements Moving {
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
  private final Rounds rounds;
  private Step step;
  private boolean begun;
  private double ready; // when the step can begin; at the end, when the piece is back
  private double codecSeconds;
  private double uplink; // without sending
  private double sending;
  private double queue;
  private double remote;
  private double downlink;

  /** How its work is divided, and what is known of it so far. */
  private static final class Rounds {
    private final double[] seconds; // [round] of work; empty if all is done in one go
    private final int[] awaited; // [round] what others have not handed over yet
    private final double[] madeAt; // [round]
    private final double[] handedAt; // [round] the last so far of what others hand over
    private int next; // round that is not made yet

    Rounds(int count) {
      seconds = new double[count];
      awaited = new int[count];
      madeAt = new double[count];
      handedAt = new double[count];
    }

    boolean isLast() {
      return next >= seconds.length - 1;
    }
  }

  /** Pieces that this one is made of if they are back, and what it takes if they are not. */
  private record Sources(List<Trip> trips, Hop.Branch otherwise) {
    boolean areBack(double now) {
      return trips.stream()
          .allMatch(trip -> trip.step == Step.BACK && trip.ready <= now + SAME_MOMENT_SECONDS);
    }
  }

  Trip(Hop.Branch branch, Codec codec, Optional<Trip> before) {
    this(branch, codec, before, 0);
  }

  private Trip(Hop.Branch branch, Codec codec, Optional<Trip> before, int rounds) {
    this.rounds = new Rounds(rounds);
    this.branch = branch;
    this.codec = codec;
    this.before = before;
    this.step = here() ? Step.WORK : Step.UP;
    this.codecSeconds = codec.seconds(branch.upBits());
    this.ready = codecSeconds;
  }

  /**
   * A piece that is made in rounds.
   *
   * @param place of the branch
   */
  static Trip inRounds(Hop.Shared hop, int place, Codec codec) {
    Trip trip = new Trip(hop.branches().get(place), codec, Optional.empty(), hop.rounds().size());
    for (int round = 0; round < hop.rounds().size(); round++) {
      trip.rounds.seconds[round] = hop.rounds().get(round).seconds().get(place);
      for (Hop.Halo halo : hop.rounds().get(round).handed()) {
        trip.rounds.awaited[round + 1] += halo.to() == place ? 1 : 0;
      }
    }
    return trip;
  }

  boolean hasMade(int round) {
    return rounds.next > round;
  }

  double madeAt(int round) {
    return rounds.madeAt[round];
  }

  /** Something that it needs for a round is there, perhaps before it is so far itself. */
  void handed(int round, double at) {
    rounds.awaited[round]--;
    rounds.handedAt[round] = Math.max(rounds.handedAt[round], at);
    if (rounds.awaited[round] == 0 && rounds.next == round) {
      goOn();
    }
  }

  /** All that the next round needs is there. */
  private void goOn() {
    double at = rounds.handedAt[rounds.next];
    if (at > ready) { // not if both are never
      downlink += here() ? at - ready : 0;
      uplink += here() ? 0 : at - ready;
      ready = at;
    }
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

  @Override
  public double ready() {
    if (sources.isPresent()) {
      return setOut();
    }
    return begun || before.isEmpty() ? ready : before.get().ready + codecSeconds;
  }

  private double setOut() {
    return before.map(trip -> trip.ready).orElse(0.0);
  }

  @Override
  public boolean canGoOn() {
    return step != Step.BACK
        && (before.isEmpty() || before.get().step == Step.BACK)
        && (step != Step.WORK || rounds.seconds.length == 0 || rounds.awaited[rounds.next] == 0);
  }

  @Override
  public void advance(Resources resources) {
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
    boolean last = rounds.isLast();
    double seconds = rounds.seconds.length == 0 ? branch.seconds() : rounds.seconds[rounds.next];
    double begin = resources.work(node(), ready, seconds);
    queue += begin - ready;
    remote += seconds;
    ready = begin + seconds;
    if (!last) {
      rounds.madeAt[rounds.next] = ready;
      rounds.next++;
      if (rounds.awaited[rounds.next] == 0) {
        goOn();
      }
      return;
    }
    back();
  }

  private void back() {
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
        ? new Latency(queue + remote, 0, 0, 0, 0, downlink)
        : new Latency(0, codecSeconds, uplink, queue, remote, downlink);
  }
}
