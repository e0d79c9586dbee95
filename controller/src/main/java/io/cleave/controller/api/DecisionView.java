package io.cleave.controller.api;

import io.cleave.controller.control.Sentence;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A device's decision.
 *
 * @param version ascending
 * @param reason as programs read it
 * @param text as people read it
 * @param validUntilUnixSeconds end of the lease
 * @param seconds predicted for a frame at the rate that was seen
 * @param server whose uplink the table is about; absent if it uses none
 * @param uplinkBitsPerSecond to that server as seen
 * @param entryInForce place in the table of what holds at that rate
 * @param memory that the plan at that rate needs on each machine; none while the network is not
 *     known
 * @param entries from the fastest link to the slowest
 * @param breakpointsSecondsPerBit at which the next entry takes over, ascending
 */
record DecisionView(
    long version,
    String reason,
    String text,
    double validUntilUnixSeconds,
    OptionalDouble seconds,
    Optional<String> server,
    OptionalDouble uplinkBitsPerSecond,
    OptionalInt entryInForce,
    List<NeedView> memory,
    List<EntryView> entries,
    List<Double> breakpointsSecondsPerBit) {
  /**
   * A plan and its cost line.
   *
   * @param fixedSeconds without the uplink's bits
   * @param uplinkBits that cross the uplink
   * @param codec in which tensors cross
   * @param hedgeDelaySeconds after which the device carries on; absent for never
   * @param exits where frames may leave, the earliest first; none if all outputs answer
   */
  record EntryView(
      List<StageView> stages,
      OptionalDouble fixedSeconds,
      double uplinkBits,
      String codec,
      OptionalDouble hedgeDelaySeconds,
      List<ExitView> exits) {
    static EntryView of(PlanTable.Entry entry, List<String> servers) {
      return new EntryView(
          StageView.of(entry.plan(), servers),
          Numbers.finite(entry.fixedSeconds()),
          entry.uplinkBits(),
          entry.plan().codec().name(),
          Numbers.finite(entry.plan().hedge().delaySeconds()),
          entry.plan().exits().map(ExitView::of).orElse(List.of()));
    }
  }

  static DecisionView of(Verdict.Decided decided) {
    Decision decision = decided.decision();
    Optional<Bandwidth> uplink = Sentence.uplink(decided);
    return new DecisionView(
        decision.version(),
        decision.grounds().reason().name(),
        decision.grounds().text(),
        Numbers.unixSeconds(decision.validUntil()),
        Numbers.finite(decision.grounds().estimate().seconds()),
        Sentence.server(decision),
        uplink.isPresent()
            ? OptionalDouble.of(uplink.get().bitsPerSecond())
            : OptionalDouble.empty(),
        uplink.isPresent()
            ? OptionalInt.of(decision.table().indexAt(uplink.get().secondsPerBit()))
            : OptionalInt.empty(),
        decided
            .seen()
            .map(Observation::graph)
            .map(graph -> NeedView.of(graph, Sentence.planAt(decided), decision.servers()))
            .orElse(List.of()),
        decision.table().entries().stream()
            .map(entry -> EntryView.of(entry, decision.servers()))
            .toList(),
        Arrays.stream(decision.table().breakpoints()).boxed().toList());
  }
}
