package io.cleave.testbed.world;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An itinerary laid out flat for the event loop; server times are those of an unloaded server. A
 * plan with exits has one for each: which of them a frame follows depends on its image.
 */
final class CompiledPlan {
  static final int ON_DEVICE = 0;
  static final int ON_SERVER = 1;
  static final int UP = 2;
  static final int DOWN = 3;

  final Plan plan;
  final int[] kinds; // [hops]
  final int[] servers; // [hops] place in the scenario, 0 for the first; -1 on the device
  final double[] amounts; // [hops] seconds of work, or bits
  final double[] codecSeconds; // [hops] before a transfer
  final double hedgeDelay;
  final double restSeconds;
  final double nearSeconds;
  final double firstSeconds; // of the first stage alone
  private final List<CompiledPlan> ways; // [exits of the plan]

  /** The way of frames that leave nowhere early, and those of the others. */
  CompiledPlan(Plan plan, Observation unloaded) {
    this(plan, Itinerary.of(plan, unloaded), unloaded, early(plan, unloaded));
  }

  private static List<CompiledPlan> early(Plan plan, Observation unloaded) {
    int count = plan.exits().map(rule -> rule.size() - 1).orElse(0);
    return IntStream.range(0, count)
        .mapToObj(exit -> Itinerary.of(plan, unloaded, exit))
        .map(itinerary -> new CompiledPlan(plan, itinerary, unloaded, List.of()))
        .toList();
  }

  private CompiledPlan(
      Plan plan, Itinerary itinerary, Observation unloaded, List<CompiledPlan> ways) {
    this.plan = plan;
    this.ways = ways;
    List<Hop> hops = itinerary.hops();
    kinds = new int[hops.size()];
    servers = new int[hops.size()];
    amounts = new double[hops.size()];
    codecSeconds = new double[hops.size()];
    for (int i = 0; i < kinds.length; i++) {
      lay(i, hops.get(i));
    }
    hedgeDelay = plan.hedge().delaySeconds();
    restSeconds = itinerary.localRestSeconds();
    nearSeconds = near();
    firstSeconds = unloaded.device().times().run(plan.stages().get(0).layers());
  }

  /** The way of frames that leave at one of the plan's exits, by its place among them. */
  CompiledPlan way(int exit) {
    return exit < ways.size() ? ways.get(exit) : this;
  }

  private void lay(int i, Hop hop) {
    if (hop instanceof Hop.Compute compute) {
      kinds[i] = compute.node() == Stage.DEVICE ? ON_DEVICE : ON_SERVER;
      servers[i] = compute.node() - 1;
      amounts[i] = compute.seconds();
    } else if (hop instanceof Hop.Transfer transfer) {
      kinds[i] = transfer.up() ? UP : DOWN;
      servers[i] = transfer.server() - 1;
      amounts[i] = transfer.bits();
      codecSeconds[i] = plan.codec().seconds(transfer.bits());
    } else {
      throw new IllegalArgumentException(
          "The simulated world cannot run stages that several machines share. Maybe run it live, or ask the cost model.");
    }
  }

  private double near() {
    double seconds = 0;
    for (int i = 0; i < kinds.length && kinds[i] == ON_DEVICE; i++) {
      seconds += amounts[i];
    }
    return seconds;
  }

  /** True if both send the same layers to the same machines in the same form. */
  boolean sameWay(CompiledPlan other) {
    return this == other
        || (plan.codec() == other.plan.codec()
            && plan.stages().equals(other.plan.stages())
            && plan.exits().equals(other.plan.exits()));
  }
}
