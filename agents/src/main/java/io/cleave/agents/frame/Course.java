package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.plan.PlanTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An entry of a plan table as this device runs it: node numbers are names, and it is known what
 * must be ready where.
 *
 * @param entry the plan and its cost line
 * @param legs what one machine after the other has to do
 * @param rest all after the device's first leg, which it runs if it carries on alone; empty if
 *     there is nothing
 * @param exits by which frames leave; empty if the network answers with all its outputs
 * @param nearSeconds of the first leg on a machine of the device's class, to its end
 * @param restSeconds of the rest on the same
 */
record Course(
    PlanTable.Entry entry,
    List<Leg> legs,
    List<Step> rest,
    Exits exits,
    double nearSeconds,
    double restSeconds) {
  Course {
    legs = List.copyOf(legs);
    rest = List.copyOf(rest);
  }

  boolean isLocal() {
    return entry.plan().isLocal();
  }

  double hedgeSeconds() {
    return entry.plan().hedge().delaySeconds();
  }

  /**
   * What must be ready before a frame may take this course, what is for the worst first: where not
   * all can be kept, what came first goes first.
   */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    if (!isLocal()) {
      rest.forEach(step -> parts.add(Part.here(step.layers())));
    }
    legs.forEach(leg -> leg.spares().forEach(parts::add));
    legs.forEach(leg -> leg.parts().forEach(parts::add));
    return parts.stream().filter(Part::hasWork).distinct().toList();
  }

  /** True if a frame can take it while these servers are away or not ready. */
  boolean bears(Set<String> away) {
    return legs.stream().allMatch(leg -> leg.bears(away));
  }

  /** The servers that it has work for. */
  List<String> servers() {
    return legs.stream().flatMap(Leg::servers).distinct().toList();
  }

  /**
   * Latency from the frame's start by the table, or by the hedge if that is earlier; infinite if
   * the link carries nothing and nobody hedges.
   *
   * @param bitsPerSecond of the uplink; 0 if it carries nothing
   * @param slowdown of the device beside its class
   */
  double predictedSeconds(double bitsPerSecond, double slowdown) {
    double hedged = (nearSeconds + restSeconds) * slowdown + hedgeSeconds();
    return Math.min(hedged, entry.secondsAt(1 / bitsPerSecond));
  }
}
