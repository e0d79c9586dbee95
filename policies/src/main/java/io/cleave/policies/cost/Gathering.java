package io.cleave.policies.cost;

import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When the pieces of a shared stage are back at the device, at the rates observed.
 *
 * <p>Assumes that the device begins its own pieces at once while it sends, and that cutting and
 * joining cost nothing. A helper's piece goes there, waits for the server's queue or for the pieces
 * before it, is made, and comes back; links and machines do one thing at a time, first come, first
 * served. Pieces that are {@link Handout#STOLEN stolen} set out when the helper's last one is back.
 * Whether one is made of what others made is known then: if these are back. Of pieces that are made
 * in {@link Hop.Round rounds} each begins its next round when all that others hand it is there.
 */
public final class Gathering {
  private final List<Trip> trips;
  private final int last;

  private Gathering(List<Trip> trips) {
    this.trips = trips;
    int slowest = 0;
    for (int i = 1; i < trips.size(); i++) {
      if (trips.get(i).ready() > trips.get(slowest).ready()) {
        slowest = i;
      }
    }
    this.last = slowest;
  }

  /** Works a shared stage out; time O(pieces^2). */
  public static Gathering of(
      Hop.Shared hop, Observation observation, Codec codec, Airtime airtime) {
    Resources resources = new Resources(observation, airtime);
    boolean stolen = hop.handout() == Handout.STOLEN;
    List<Trip> trips = new ArrayList<>(hop.branches().size());
    if (!hop.rounds().isEmpty()) {
      return inRounds(hop, resources, codec);
    }
    for (Hop.Branch branch : hop.branches()) {
      boolean chained = stolen && (branch.node() != Stage.DEVICE || !hop.reuses().isEmpty());
      trips.add(new Trip(branch, codec, chained ? latest(trips, branch.node()) : Optional.empty()));
    }
    for (Hop.Reuse reuse : hop.reuses()) {
      List<Trip> sources = reuse.sources().stream().map(trips::get).toList();
      trips.get(reuse.piece()).takesFrom(sources, reuse.otherwise());
    }
    follow(trips, resources);
    return new Gathering(trips);
  }

  private static Gathering inRounds(Hop.Shared hop, Resources resources, Codec codec) {
    List<Trip> trips =
        IntStream.range(0, hop.branches().size())
            .mapToObj(place -> Trip.inRounds(hop, place, codec))
            .toList();
    List<Moving> all = new ArrayList<>(trips);
    for (int round = 0; round < hop.rounds().size(); round++) {
      for (Hop.Halo halo : hop.rounds().get(round).handed()) {
        all.add(new Handing(halo, round, trips.get(halo.from()), trips.get(halo.to()), codec));
      }
    }
    follow(all, resources);
    return new Gathering(trips);
  }

  private static <M extends Moving> void follow(List<M> all, Resources resources) {
    for (Optional<M> next = next(all); next.isPresent(); next = next(all)) {
      next.get().advance(resources);
    }
  }

  /**
   * Seconds until the last piece is there; infinite in an outage. Where nothing waits for anything
   * else, since each piece has a machine and a link of its own, step by step is not needed: time
   * O(pieces).
   */
  public static double seconds(
      Hop.Shared hop, Observation observation, Codec codec, Airtime airtime) {
    boolean meet = airtime == Airtime.SHARED || !hop.rounds().isEmpty();
    if (meet || hop.handout() == Handout.STOLEN || !isOneEach(hop)) {
      return of(hop, observation, codec, airtime).seconds();
    }
    double last = alone(hop.branches().get(0), observation, codec);
    for (int i = 1; i < hop.branches().size(); i++) {
      double back = alone(hop.branches().get(i), observation, codec);
      last = back > last ? back : last;
    }
    return last;
  }

  private static boolean isOneEach(Hop.Shared hop) {
    for (int i = 1; i < hop.branches().size(); i++) {
      for (int before = 0; before < i; before++) {
        if (hop.branches().get(before).node() == hop.branches().get(i).node()) {
          return false;
        }
      }
    }
    return true;
  }

  /** When a piece is back that meets no other: the steps of {@link Trip}, in its order. */
  public static double alone(Hop.Branch branch, Observation observation, Codec codec) {
    if (branch.node() == Stage.DEVICE) {
      return codec.seconds(branch.upBits()) + branch.seconds() + codec.seconds(branch.downBits());
    }
    ServerState server = observation.server(branch.node());
    LinkState link = server.link();
    double halfTrip = link.rttSeconds() / 2;
    double there =
        codec.seconds(branch.upBits())
            + branch.upBits() / link.up().bitsPerSecond()
            + halfTrip
            + server.node().queueSeconds();
    return there
        + branch.seconds()
        + codec.seconds(branch.downBits())
        + branch.downBits() / link.down().bitsPerSecond()
        + halfTrip;
  }

  private static Optional<Trip> latest(List<Trip> trips, int node) {
    for (int i = trips.size() - 1; i >= 0; i--) {
      if (trips.get(i).node() == node) {
        return Optional.of(trips.get(i));
      }
    }
    return Optional.empty();
  }

  /** Whose next step can begin first, of several the first in line; empty if all are back. */
  private static <M extends Moving> Optional<M> next(List<M> all) {
    int first = -1;
    for (int i = 0; i < all.size(); i++) {
      M each = all.get(i);
      if (each.canGoOn() && (first < 0 || each.ready() < all.get(first).ready())) {
        first = i;
      }
    }
    return first < 0 ? Optional.empty() : Optional.of(all.get(first));
  }

  /** Seconds until the last piece is there; infinite in an outage. */
  public double seconds() {
    return trips.get(last).ready();
  }

  /** Place of the piece that comes last; of several the first. */
  public int last() {
    return last;
  }

  /** What each piece takes, whether or not it was made of others. */
  public List<Hop.Branch> branches() {
    return trips.stream().map(Trip::branch).toList();
  }

  /** Seconds that the bits of the last piece take on its uplink; 0 if the device makes it. */
  double sendingOfLast() {
    return trips.get(last).sending();
  }

  /** Where the time of the last piece goes, but for those. */
  Latency lastButSending() {
    return trips.get(last).latency();
  }
}
