package io.cleave.agents.frame;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.PlanTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a plan table as this device runs it: node numbers are names, and it is known what
 * must be ready where.
 *
 * @param entry the plan and its cost line
 * @param legs its stages, first to last
 * @param rest all layers after the first stage, which the device runs if it carries on alone; empty
 *     if there are none
 * @param nearSeconds of the first stage on a machine of the device's class
 * @param restSeconds of the rest on the same
 */
record Course(
    PlanTable.Entry entry, List<Part> legs, LayerSet rest, double nearSeconds, double restSeconds) {
  Course {
    legs = List.copyOf(legs);
  }

  boolean isLocal() {
    return entry.plan().isLocal();
  }

  double hedgeSeconds() {
    return entry.plan().hedge().delaySeconds();
  }

  /** What must be ready before a frame may take this course. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>(legs);
    if (!isLocal()) {
      parts.add(Part.here(rest));
    }
    return parts.stream().filter(Part::hasWork).toList();
  }

  /** The servers that it needs. */
  List<String> servers() {
    return legs.stream().map(Part::server).flatMap(Optional::stream).distinct().toList();
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
