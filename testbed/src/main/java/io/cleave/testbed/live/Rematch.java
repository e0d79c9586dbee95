package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import java.util.ArrayList;
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
      Track track = Track.of(plan, device, outcome);
      for (Experiment.Loss loss : outcome.losses()) {
        double at = outcome.startUnixSeconds() + loss.atSeconds();
        if (track.helper(at).equals(loss.server())) {
          String why = loss.server() + " is lost";
          rematches.add(new Rematch(why, device.name(), track.moved(loss.server(), at)));
        }
      }
      for (Experiment.Move move : moves) {
        double at = outcome.startUnixSeconds() + move.atSeconds();
        String helper = track.helper(at);
        boolean concerns = move.server().map(helper::equals).orElse(!helper.isEmpty());
        if (move.device().equals(device.name()) && concerns) {
          String why = "%s moves to %s".formatted(move.device(), move.trace().name());
          rematches.add(new Rematch(why, device.name(), track.moved(helper, at)));
        }
      }
    }
    return rematches;
  }
}
