package io.cleave.controller.api;

import io.cleave.policies.control.Verdict;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.exits.LastExit;
import io.cleave.policies.plan.Influence;
import io.cleave.policies.plan.Planner;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A plan that would have been possible, priced by the same model: all local, all on a server, the
 * best split with each server, and the entries of the planner's table. Worked out when somebody
 * asks, from what the planner saw.
 *
 * @param label for people
 * @param inForce true for the entry that holds at the rate that was seen
 * @param stages what it runs where
 * @param hedgeDelaySeconds after which the device carries on; absent for never
 * @param seconds to the first answer; absent if none ever comes
 * @param split where the offloaded way's time goes
 * @param joules from the device's battery; absent if there is no end of it
 * @param hedgeJoules of these, spent on computing beside the awaited answer
 * @param learnedSeconds by which the planner knows it to be dearer, or cheaper, than the model says
 * @param influences what moves that most, if anything was learned
 */
record Alternative(
    String label,
    boolean inForce,
    List<StageView> stages,
    OptionalDouble hedgeDelaySeconds,
    OptionalDouble seconds,
    Split split,
    OptionalDouble joules,
    OptionalDouble hedgeJoules,
    double learnedSeconds,
    List<Influence> influences) {
  /** Seconds; the uplink's are absent during an outage. */
  record Split(
      double device,
      double codec,
      OptionalDouble uplink,
      double queue,
      double remote,
      OptionalDouble downlink) {
    static Split of(Latency way) {
      return new Split(
          way.device(),
          way.codec(),
          Numbers.finite(way.uplink()),
          way.queue(),
          way.remote(),
          Numbers.finite(way.downlink()));
    }
  }

  /** Empty if no server was in reach, since then there was nothing to choose. */
  static List<Alternative> of(Verdict.Decided decided, Planner planner) {
    return decided
        .seen()
        .map(seen -> new Alternatives(seen, LastExit.around(planner)).of(decided.decision()))
        .orElse(List.of());
  }
}
