package io.cleave.testbed.world;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/** A leg that is shared in rounds, laid out: each piece's way, and what they hand each other. */
final class CompiledRounds {
  private final List<CompiledPlan> ways = new ArrayList<>(); // [share]
  private final List<List<List<Handed>>> handed = new ArrayList<>(); // [round][giver]
  private final CompiledPlan whole; // of the device by itself
  private final int[][] awaited; // [round][share] what must be there before it

  /**
   * What one hands another.
   *
   * @param way over one link
   * @param to place of the share that needs it
   * @param between true if both are helpers
   */
  record Handed(CompiledPlan way, int to, boolean between) {}

  /**
   * @param here seconds that the device would take for all of it in one go
   */
  CompiledRounds(Plan plan, Hop.Shared hop, double here) {
    int count = hop.rounds().size();
    int shares = hop.branches().size();
    awaited = new int[count][shares];
    whole =
        new CompiledPlan(
            plan, List.of(new CompiledPlan.Leg(CompiledPlan.ON_DEVICE, -1, here)), here);
    for (int share = 0; share < shares; share++) {
      ways.add(new CompiledPlan(plan, legs(hop, share), 0));
    }
    for (int round = 0; round < count - 1; round++) {
      List<List<Handed>> givers = new ArrayList<>();
      for (int share = 0; share < shares; share++) {
        givers.add(new ArrayList<>());
      }
      for (Hop.Halo halo : hop.rounds().get(round).handed()) {
        givers.get(halo.from()).add(handed(plan, hop, halo));
        awaited[round + 1][halo.to()]++;
      }
      handed.add(givers);
    }
  }

  private static List<CompiledPlan.Leg> legs(Hop.Shared hop, int share) {
    Hop.Branch branch = hop.branches().get(share);
    int server = branch.node() - 1;
    boolean here = branch.node() == Stage.DEVICE;
    List<CompiledPlan.Leg> legs = new ArrayList<>();
    if (!here) {
      legs.add(new CompiledPlan.Leg(CompiledPlan.UP, server, branch.upBits()));
    }
    for (int round = 0; round < hop.rounds().size(); round++) {
      if (round > 0) {
        legs.add(new CompiledPlan.Leg(CompiledPlan.AWAIT, server, 0));
      }
      double seconds = hop.rounds().get(round).seconds().get(share);
      int kind = here ? CompiledPlan.ON_DEVICE : CompiledPlan.ON_SERVER;
      legs.add(new CompiledPlan.Leg(kind, server, seconds));
    }
    if (!here) {
      legs.add(new CompiledPlan.Leg(CompiledPlan.DOWN, server, branch.downBits()));
    }
    return legs;
  }

  /** To a helper over its uplink, whoever gives it; to the device over the giver's downlink. */
  private static Handed handed(Plan plan, Hop.Shared hop, Hop.Halo halo) {
    int from = hop.branches().get(halo.from()).node();
    int to = hop.branches().get(halo.to()).node();
    CompiledPlan.Leg leg =
        to == Stage.DEVICE
            ? new CompiledPlan.Leg(CompiledPlan.DOWN, from - 1, halo.bits())
            : new CompiledPlan.Leg(CompiledPlan.UP, to - 1, halo.bits());
    boolean between = from != Stage.DEVICE && to != Stage.DEVICE;
    return new Handed(new CompiledPlan(plan, List.of(leg), 0), halo.to(), between);
  }

  /** How many pieces there are. */
  int shares() {
    return ways.size();
  }

  /** How many rounds end with handing over: all but the last. */
  int exchanges() {
    return handed.size();
  }

  /** All of it in one go, by the device. */
  CompiledPlan whole() {
    return whole;
  }

  CompiledPlan way(int share) {
    return ways.get(share);
  }

  /** What a share hands others after a round. */
  List<Handed> handed(int round, int share) {
    return handed.get(round).get(share);
  }

  /** How much others must have handed a share before a round. */
  int awaited(int round, int share) {
    return awaited[round][share];
  }
}
