package io.cleave.testbed.live;

import io.cleave.policies.wire.Reason;
import io.cleave.testbed.experiment.Experiment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A device that had to be helped by another server, and how soon it was.
 *
 * @param why what happened
 * @param device that was helped by whom it could no longer be
 * @param seconds from then until a decision that moved it elsewhere was sent; absent if there was
 *     none
 */
record Rematch(String why, String device, Optional<Double> seconds) {

  /**
   * All that the events of a run called for.
   *
   * @param plan of the fleet
   * @param moves of devices
   * @param outcome frames, decisions, and losses when they happened
   */
  static List<Rematch> of(FleetPlan plan, List<Experiment.Move> moves, LiveRun.Outcome outcome) {
    List<Rematch> rematches = new ArrayList<>();
    for (Resident device : plan.devices()) {
      for (Experiment.Loss loss : outcome.losses()) {
        double at = outcome.startUnixSeconds() + loss.atSeconds();
        if (helper(plan, device, outcome, at).equals(loss.server())) {
          String why = loss.server() + " is lost";
          rematches.add(of(why, device, outcome, new From(loss.server(), at)));
        }
      }
      for (Experiment.Move move : moves) {
        double at = outcome.startUnixSeconds() + move.atSeconds();
        String helper = helper(plan, device, outcome, at);
        boolean concerns = move.server().map(helper::equals).orElse(!helper.isEmpty());
        if (move.device().equals(device.name()) && concerns) {
          String why = "%s moves to %s".formatted(move.device(), move.trace().name());
          rematches.add(of(why, device, outcome, new From(helper, at)));
        }
      }
    }
    return rematches;
  }

  /** Whom a device must leave, and when. */
  private record From(String server, double unixSeconds) {}

  private static Rematch of(String why, Resident device, LiveRun.Outcome outcome, From from) {
    return new Rematch(why, device.name(), moved(outcome.decisions(), device.name(), from));
  }

  /** Who helped with the last frame that came in before a time; empty for nobody. */
  private static String helper(
      FleetPlan plan, Resident device, LiveRun.Outcome outcome, double unixSeconds) {
    return outcome.framesOf(device).stream()
        .filter(frame -> frame.arrivalUnixSeconds() < unixSeconds)
        .max(Comparator.comparingDouble(MeasuredFrame::arrivalUnixSeconds))
        .map(frame -> frame.helper(plan.serverNames()))
        .orElse("");
  }

  private static Optional<Double> moved(List<Ledger.Line> decisions, String device, From from) {
    return decisions.stream()
        .filter(line -> line.unixSeconds() >= from.unixSeconds())
        .filter(line -> line.decision().agent().equals(device))
        .filter(line -> isElsewhere(line, from.server()))
        .findFirst()
        .map(line -> line.unixSeconds() - from.unixSeconds());
  }

  /** A device that is to be alone may still be told who would help it if its link were better. */
  private static boolean isElsewhere(Ledger.Line line, String from) {
    return !line.helper().equals(Optional.of(from))
        || line.decision().grounds().reason() == Reason.MOVED;
  }
}
