package io.cleave.testbed.cli;

import io.cleave.policies.cost.Costs;
import io.cleave.policies.front.Candidate;
import io.cleave.policies.front.Front;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Observation;
import io.cleave.testbed.chart.FrontSvg;
import io.cleave.testbed.chart.FrontSvg.Dot;
import io.cleave.testbed.chart.ShortNumber;
import io.cleave.testbed.experiment.CutView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plans of a front as people read them. */
final class FrontTable {
  private final Observation seen;
  private final List<String> servers;

  /**
   * @param servers names by node number minus one
   */
  FrontTable(Observation seen, List<String> servers) {
    this.seen = seen;
    this.servers = List.copyOf(servers);
  }

  /** The front, and the chosen plan, with a mark, wherever it stands. */
  List<String> lines(List<Candidate> front, Candidate chosen) {
    List<Candidate> shown = new ArrayList<>(front);
    if (!shown.contains(chosen)) {
      shown.add(chosen);
    }
    TextTable table = new TextTable(5);
    table.row(
        "",
        "cut",
        "helper",
        "codec",
        "hedge",
        "ms",
        "J",
        "of it hedging",
        "points lost",
        "server ms",
        "mean W");
    for (Candidate candidate : shown) {
      CutView cut = CutView.of(seen.graph(), candidate.plan(), servers);
      Costs costs = candidate.costs();
      table.row(
          candidate.equals(chosen) ? "->" : "",
          cut.label(),
          cut.node(),
          candidate.plan().isLocal() ? "-" : name(candidate),
          candidate.plan().hedge().armed() ? "at once" : "-",
          number(1e3 * costs.seconds()),
          number(costs.joules()),
          number(costs.hedgeJoules()),
          number(costs.lossPoints()),
          number(1e3 * costs.serverSeconds()),
          number(costs.watts(seen)));
    }
    return table.lines();
  }

  private static String name(Candidate candidate) {
    return candidate.plan().codec().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String number(double value) {
    return Double.isFinite(value) ? ShortNumber.of(value) : "never";
  }

  /**
   * Seconds against joules.
   *
   * @param both all plans, and those that nobody beats
   */
  static FrontSvg.Picture picture(
      String title, List<List<Candidate>> both, Candidate chosen, Bounds bounds) {
    List<Dot> plane =
        Front.of(dots(both.get(1)), dot -> new double[] {dot.seconds(), dot.joules()});
    return new FrontSvg.Picture(
        title,
        dots(both.get(0)),
        plane,
        dot(chosen),
        Optional.of(bounds.seconds()).filter(Double::isFinite));
  }

  private static List<Dot> dots(List<Candidate> candidates) {
    return candidates.stream()
        .filter(each -> Double.isFinite(each.costs().seconds() + each.costs().joules()))
        .map(FrontTable::dot)
        .toList();
  }

  private static Dot dot(Candidate candidate) {
    return new Dot(candidate.costs().seconds(), candidate.costs().joules());
  }
}
