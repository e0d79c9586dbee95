package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.cost.CostLine;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.LowerEnvelope;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.partition.PricedTimes;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What every choice of exits costs towards one server, and the tables that follow. */
final class Bids {
  private final Observation seen;
  private final int node;
  private final double floor; // right answers that are wanted, if latency is
  private final List<ChoiceBook.Group> groups;
  private final JointExits.Settings settings;
  private final List<ExitPrices> prices; // [group]

  /**
   * @param floor share of answers that must be right in the table of least mean latency
   */
  Bids(
      Observation seen,
      int node,
      List<ChoiceBook.Group> groups,
      JointExits.Settings settings,
      double floor) {
    this.floor = floor;
    this.seen = seen;
    this.settings = settings;
    this.node = node;
    this.groups = groups;
    this.prices = prices(seen);
  }

  private List<ExitPrices> prices(Observation observation) {
    List<ExitPrices> all = new ArrayList<>();
    for (ChoiceBook.Group group : groups) {
      ExitRule rule = group.choices().get(0).rule();
      all.add(new ExitPrices(group.exits(), rule, observation, node, settings.codecs()));
    }
    return all;
  }

  /**
   * Where and how a frame is handed over, for all choices of a group alike.
   *
   * @param near all layers that the device runs
   */
  private record Handing(
      List<Choice> choices,
      ExitPrices price,
      int segment,
      CostLine<ExitPrices.Handover> way,
      LayerSet near,
      Hedge hedge) {
    /** Share of right answers that the codec costs: of those frames alone that come so far. */
    double lost(Choice choice) {
      return choice.reaching(segment) * way.what().lost();
    }

    CostLine<Pick> mean(Choice choice, int node) {
      Pick pick = new Pick(choice, near, way.what().codec(), node, hedge);
      return price.mean(choice, segment, way, pick);
    }
  }

  /** The table of least mean latency, or of least mean cost if more than time has a price. */
  Staircase.Merit fastest() {
    PricedTimes times = PricedTimes.of(seen, node);
    boolean timeAlone = seen.demand().weights().timeAlone();
    List<ExitPrices> priced = timeAlone ? prices : prices(times.observation());
    List<CostLine<Pick>> lines = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Choice choice : groups.get(i).choices()) {
        lines.add(times.line(local(priced.get(i), choice), wrong(choice.accuracy())));
      }
    }
    visit(
        priced,
        handing -> {
          for (Choice choice : handing.choices()) {
            double right = choice.accuracy() - handing.lost(choice);
            if (right >= floor) {
              lines.add(times.line(handing.mean(choice, node), wrong(right)));
            }
          }
        });
    List<CostLine<Pick>> hull = LowerEnvelope.of(lines);
    double[] breakpoints = new double[hull.size() - 1];
    for (int i = 0; i < breakpoints.length; i++) {
      breakpoints[i] = hull.get(i).crossing(hull.get(i + 1));
    }
    PlanTable table =
        PlanTable.of(
            hull.stream().map(line -> CostModel.entry(line.what().plan(seen), seen)).toList(),
            breakpoints);
    double x = seen.server(node).link().up().secondsPerBit();
    return new Staircase.Merit(table, 0, hull.get(table.indexAt(x)).at(x));
  }

  /** What so many wrong answers are worth in seconds: never below 0, as a line's cost must be. */
  private double wrong(double right) {
    return seen.demand().weights().points(100 * (1 - right));
  }

  /** The table of most right answers within the deadline. */
  Staircase.Merit mostRight() {
    double deadline = seen.demand().deadlineSeconds();
    Staircase stairs = new Staircase(seen, node);
    for (int i = 0; i < groups.size(); i++) {
      ExitPrices price = prices.get(i);
      int last = lastInTime(price, deadline);
      for (Choice choice : groups.get(i).choices()) {
        double right = last < 0 ? 0 : choice.rightUntil(last);
        stairs.add(right, Double.POSITIVE_INFINITY, local(price, choice));
      }
    }
    RateError error = seen.server(node).link().upError();
    visit(
        prices,
        handing -> {
          Timeliness timeliness =
              Timeliness.of(handing.price(), handing.segment(), handing.way(), deadline, error);
          for (double x : timeliness.steps()) {
            climb(stairs, handing, x, timeliness.at(x));
          }
        });
    return stairs.merit();
  }

  /** Adds the choice that is worth most at a rate; of equals the one that is faster. */
  private void climb(Staircase stairs, Handing handing, double x, double[] likely) {
    double right = 0;
    Optional<CostLine<Pick>> best = Optional.empty();
    for (Choice choice : handing.choices()) {
      double worth = choice.rightInTime(likely) - handing.lost(choice);
      if (worth > right - Staircase.EQUAL) {
        CostLine<Pick> mean = handing.mean(choice, node);
        boolean better =
            worth > right + Staircase.EQUAL || best.isEmpty() || mean.at(x) < best.get().at(x);
        right = better ? worth : right;
        best = better ? Optional.of(mean) : best;
      }
    }
    double worth = right;
    best.ifPresent(mean -> stairs.add(worth, x, mean));
  }

  /** The last exit that the device itself makes in time; -1 if none is. */
  private static int lastInTime(ExitPrices price, double deadline) {
    int last = -1;
    while (last + 1 < price.segments() && price.deviceSeconds(last + 1) <= deadline) {
      last++;
    }
    return last;
  }

  private CostLine<Pick> local(ExitPrices price, Choice choice) {
    return new CostLine<>(price.localSeconds(choice), 0, Pick.local(choice, seen));
  }

  private void visit(List<ExitPrices> counted, Consumer<Handing> visit) {
    double deadline = seen.demand().deadlineSeconds();
    for (int i = 0; i < groups.size(); i++) {
      ExitPrices price = counted.get(i);
      LayerSet before = LayerSet.of();
      for (int segment = 0; segment < price.segments(); segment++) {
        for (CostLine<ExitPrices.Handover> way : price.handovers(segment)) {
          LayerSet near = before.union(way.what().near());
          double here = seen.device().times().run(way.what().near());
          Hedge hedge =
              settings.hedged() ? prices.get(i).inTime(segment, here, deadline) : Hedge.NEVER;
          visit.accept(new Handing(groups.get(i).choices(), price, segment, way, near, hedge));
        }
        before = before.union(groups.get(i).exits().segments().get(segment));
      }
    }
  }
}
