package io.cleave.controller.api;

import io.cleave.controller.control.Sentence;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.front.Candidate;
import io.cleave.policies.front.Keeping;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The plans of a device that no other one beats in seconds, joules, lost points and server seconds
 * together, at what was seen for its last decision; and the plan in force, wherever it stands.
 *
 * @param version of that decision
 * @param bounds that its plans must keep
 * @param priced how many plans were compared
 * @param servers whose help was considered
 * @param serversLeftOut how many more were seen, that answer later by themselves
 * @param plans the fastest first; the plan in force last if it is beaten
 */
record FrontView(
    long version,
    BoundsView bounds,
    int priced,
    List<String> servers,
    int serversLeftOut,
    List<PlanView> plans) {
  /** Absent where nothing is bounded. */
  record BoundsView(OptionalDouble seconds, OptionalDouble lossPoints, OptionalDouble watts) {
    static BoundsView of(Bounds bounds) {
      return new BoundsView(
          Numbers.finite(bounds.seconds()),
          Numbers.finite(bounds.lossPoints()),
          Numbers.finite(bounds.watts()));
    }
  }

  /** Where a plan stands. */
  enum Place {
    /** Not beaten by any. */
    FRONT,
    /** Not beaten, and what the device has. */
    IN_FORCE,
    /** What the device has, and beaten. */
    IN_FORCE_AND_BEATEN
  }

  /**
   * A plan and what a frame costs by it, as the cost model has it.
   *
   * @param label what it runs where, for people
   * @param inForce true for the one that the device has at the rate that was seen
   * @param beaten true if another plan is at most as dear in everything and cheaper in something
   * @param hedgeDelaySeconds after which the device carries on; absent for never
   * @param exits where frames may leave, the earliest first; none if all outputs answer
   * @param seconds until the answer; absent if none ever comes
   * @param joules of the device, the hedge's among them; absent if there is no end of it
   * @param hedgeJoules of these, spent on computing beside the awaited answer
   * @param lossPoints of right answers in a hundred; below 0 if exits answer better
   * @param serverSeconds computed by servers
   * @param watts that the device draws on average at its frame rate
   * @param broken which bounds it does not keep, for people; absent if it keeps them all
   */
  record PlanView(
      String label,
      boolean inForce,
      boolean beaten,
      List<StageView> stages,
      String codec,
      OptionalDouble hedgeDelaySeconds,
      List<ExitView> exits,
      OptionalDouble seconds,
      OptionalDouble joules,
      OptionalDouble hedgeJoules,
      double lossPoints,
      double serverSeconds,
      OptionalDouble watts,
      Optional<String> broken) {
    static PlanView of(Candidate candidate, Place place, Observation seen) {
      Plan plan = candidate.plan();
      Costs costs = candidate.costs();
      List<String> names = seen.servers().stream().map(server -> server.node().name()).toList();
      return new PlanView(
          Sentence.of(plan, names, seen.graph()),
          place != Place.FRONT,
          place == Place.IN_FORCE_AND_BEATEN,
          StageView.of(plan, names),
          plan.codec().name(),
          Numbers.finite(plan.hedge().delaySeconds()),
          plan.exits().map(ExitView::of).orElse(List.of()),
          Numbers.finite(costs.seconds()),
          Numbers.finite(costs.joules()),
          Numbers.finite(costs.hedgeJoules()),
          costs.lossPoints(),
          costs.serverSeconds(),
          Numbers.finite(costs.watts(seen)),
          Optional.of(Keeping.broken(costs, seen)).filter(text -> !text.isEmpty()));
    }
  }
}
