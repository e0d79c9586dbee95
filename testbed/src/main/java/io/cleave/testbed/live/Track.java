package io.cleave.testbed.live;

import io.cleave.policies.wire.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who helped a device, and whom it was told to ask.
 *
 * @param frames of the device
 * @param decisions for the device, in the order in which they were heard
 * @param servers names by node number minus one
 */
record Track(List<MeasuredFrame> frames, List<Ledger.Line> decisions, List<String> servers) {
  static Track of(FleetPlan plan, Resident device, LiveRun.Outcome outcome) {
    List<Ledger.Line> decisions =
        outcome.decisions().stream()
            .filter(line -> line.decision().agent().equals(device.name()))
            .toList();
    return new Track(outcome.framesOf(device), decisions, plan.serverNames());
  }

  /**
   * Who helps at a time; empty for nobody. That is whom the decision in force names, since the
   * device may have been told to leave the helper of its last frame; and nobody if that frame had
   * no helper, since a decision may name a server that only stands by.
   */
  String helper(double unixSeconds) {
    String last =
        frames.stream()
            .filter(frame -> frame.arrivalUnixSeconds() < unixSeconds)
            .max(Comparator.comparingDouble(MeasuredFrame::arrivalUnixSeconds))
            .map(frame -> frame.helper(servers))
            .orElse("");
    return last.isEmpty()
        ? last
        : decisions.stream()
            .filter(line -> line.unixSeconds() < unixSeconds)
            .reduce((earlier, later) -> later)
            .map(line -> line.helper().orElse(""))
            .orElse(last);
  }

  /** Seconds from a time until a decision that leads away from a server; absent if none came. */
  Optional<Double> moved(String from, double unixSeconds) {
    return decisions.stream()
        .filter(line -> line.unixSeconds() >= unixSeconds)
        .filter(line -> isElsewhere(line, from))
        .findFirst()
        .map(line -> line.unixSeconds() - unixSeconds);
  }

  /** A device that is to be alone may still be told who would help it if its link were better. */
  private static boolean isElsewhere(Ledger.Line line, String from) {
    return !line.helper().equals(Optional.of(from))
        || line.decision().grounds().reason() == Reason.MOVED;
  }
}
