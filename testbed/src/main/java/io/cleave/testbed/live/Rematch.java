package io.cleave.testbed.live;

import io.cleave.policies.wire.Reason;
import io.cleave.testbed.experiment.Experiment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   * @param crowd and what happens to it
   * @param decisions in the order in which they were heard
   * @param startUnixSeconds of the run
   */
  static List<Rematch> of(
      Experiment.Crowd crowd, List<Ledger.Line> decisions, double startUnixSeconds) {
    List<Rematch> rematches = new ArrayList<>();
    for (Experiment.Loss loss : crowd.losses()) {
      double at = startUnixSeconds + loss.atSeconds();
      String why = loss.server() + " is lost";
      helpers(decisions, at)
          .forEach(
              (device, helper) -> {
                if (helper.equals(loss.server())) {
                  rematches.add(new Rematch(why, device, moved(decisions, at, device, helper)));
                }
              });
    }
    for (Experiment.Move move : crowd.moves()) {
      double at = startUnixSeconds + move.atSeconds();
      Optional<String> helper = Optional.ofNullable(helpers(decisions, at).get(move.device()));
      if (helper.isPresent() && move.server().map(helper.get()::equals).orElse(true)) {
        String why = "%s moves to %s".formatted(move.device(), move.trace().name());
        rematches.add(
            new Rematch(why, move.device(), moved(decisions, at, move.device(), helper.get())));
      }
    }
    return rematches;
  }

  /** Who was helped by whom at a time, by the last decisions before it. */
  private static Map<String, String> helpers(List<Ledger.Line> decisions, double unixSeconds) {
    Map<String, String> helpers = new HashMap<>();
    for (Ledger.Line line : decisions) {
      if (line.unixSeconds() < unixSeconds) {
        helpers.put(line.decision().agent(), line.helper().orElse(""));
      }
    }
    helpers.values().removeIf(String::isEmpty);
    return helpers;
  }

  private static Optional<Double> moved(
      List<Ledger.Line> decisions, double unixSeconds, String device, String from) {
    return decisions.stream()
        .filter(line -> line.unixSeconds() >= unixSeconds)
        .filter(line -> line.decision().agent().equals(device))
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
