package io.cleave.policies.cost;

import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Stage;

/** What one machine hands another between two rounds, on its way there. */
final class Handing implements Moving {
  private final Hop.Halo halo;
  private final Trip from;
  private final Trip to;
  private final int round; // after which
  private final double codecSeconds;
  private boolean there;

  Handing(Hop.Halo halo, int round, Trip from, Trip to, Codec codec) {
    this.halo = halo;
    this.from = from;
    this.to = to;
    this.round = round;
    this.codecSeconds = codec.seconds(halo.bits());
  }

  @Override
  public double ready() {
    return from.madeAt(round) + codecSeconds;
  }

  @Override
  public boolean canGoOn() {
    return !there && from.hasMade(round);
  }

  /** It crosses the taker's uplink, whoever gives it; to the device the giver's downlink. */
  @Override
  public void advance(Resources resources) {
    there = true;
    double ready = ready();
    if (to.node() == Stage.DEVICE) {
      double seconds = halo.bits() / resources.downBitsPerSecond(from.node());
      double begin = resources.down(from.node(), ready, seconds);
      to.handed(round + 1, begin + seconds + resources.halfTrip(from.node()));
    } else {
      double seconds = halo.bits() / resources.upBitsPerSecond(to.node());
      double begin = resources.up(to.node(), ready, seconds);
      to.handed(round + 1, begin + seconds + resources.halfTrip(to.node()));
    }
  }
}
