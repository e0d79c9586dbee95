package io.cleave.policies.cost;

import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When the pieces of a shared stage are back at the device, at the rates observed.
 *
 * <p>Assumes that the device begins its own piece at once while it sends, and that cutting and
 * joining cost nothing. A helper's time is its way there, its queue, its piece and the way back.
 */
public final class Gathering {
  private final List<Latency> branches;
  private final int last;

  private Gathering(List<Latency> branches) {
    this.branches = branches;
    int slowest = 0;
    for (int i = 1; i < branches.size(); i++) {
      if (branches.get(i).seconds() > branches.get(slowest).seconds()) {
        slowest = i;
      }
    }
    this.last = slowest;
  }

  /** Works a shared stage out; time O(pieces log pieces). */
  public static Gathering of(
      Hop.Shared hop, Observation observation, Codec codec, Airtime airtime) {
    List<Latency> sent = new ArrayList<>();
    double busyUntil = 0; // of the one radio
    for (Hop.Branch branch : hop.branches()) {
      if (branch.node() == Stage.DEVICE) {
        sent.add(new Latency(branch.seconds(), 0, 0, 0, 0, 0));
        continue;
      }
      LinkState link = observation.server(branch.node()).link();
      double begins = airtime == Airtime.SHARED ? busyUntil : 0;
      double up = begins + branch.upBits() / link.up().bitsPerSecond();
      busyUntil = up;
      sent.add(
          new Latency(
              0,
              codec.seconds(branch.upBits()) + codec.seconds(branch.downBits()),
              up + link.rttSeconds() / 2,
              observation.node(branch.node()).queueSeconds(),
              branch.seconds(),
              0));
    }
    return new Gathering(answered(hop, observation, sent, airtime == Airtime.SHARED, busyUntil));
  }

  private static List<Latency> answered(
      Hop.Shared hop, Observation observation, List<Latency> sent, boolean one, double radio) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> sent.get(i).seconds()));
    List<Latency> answered = new ArrayList<>(sent);
    double busyUntil = radio;
    for (int i : order) {
      Hop.Branch branch = hop.branches().get(i);
      if (branch.node() != Stage.DEVICE) {
        LinkState link = observation.server(branch.node()).link();
        double ready = sent.get(i).seconds();
        double begins = one ? Math.max(ready, busyUntil) : ready;
        double down = branch.downBits() / link.down().bitsPerSecond();
        busyUntil = begins + down;
        double downlink = begins - ready + down + link.rttSeconds() / 2;
        answered.set(i, sent.get(i).plus(new Latency(0, 0, 0, 0, 0, downlink)));
      }
    }
    return answered;
  }

  /** Seconds until the last piece is there; infinite in an outage. */
  public double seconds() {
    return branches.get(last).seconds();
  }

  /** Place of the piece that comes last; of several the first. */
  public int last() {
    return last;
  }
}
