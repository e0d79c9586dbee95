package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.cost.CostLine;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.LowerEnvelope;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import java.util.ArrayList;
import java.util.List;

/** What every choice of exits costs towards one server, and the tables that follow. */
final class Bids {
  private final Observation seen;
  private final int node;
  private final boolean hedged;
  private final List<ChoiceBook.Group> groups;
  private final List<ExitPrices> prices = new ArrayList<>(); // [group]

  Bids(Observation seen, int node, List<ChoiceBook.Group> groups, JointExits.Settings settings) {
    this.seen = seen;
    this.hedged = settings.hedged();
    this.node = node;
    this.groups = groups;
    for (ChoiceBook.Group group : groups) {
      ExitRule rule = group.choices().get(0).rule();
      prices.add(new ExitPrices(group.exits(), rule, seen, node, settings.codecs()));
    }
  }

  /** One way of one choice, and all that can be said of it. */
  @FunctionalInterface
  private interface Visit {
    void see(
        ExitPrices prices,
        Choice choice,
        int segment,
        CostLine<ExitPrices.Handover> way,
        Pick pick);
  }

  /** The table of least mean latency. */
  Staircase.Merit fastest() {
    List<CostLine<Pick>> lines = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Choice choice : groups.get(i).choices()) {
        lines.add(local(prices.get(i), choice));
      }
    }
    visit((price, choice, segment, way, pick) -> lines.add(price.mean(choice, segment, way, pick)));
    List<CostLine<Pick>> hull = LowerEnvelope.of(lines);
    double[] breakpoints = new double[hull.size() - 1];
    for (int i = 0; i < breakpoints.length; i++) {
      breakpoints[i] = hull.get(i).crossing(hull.get(i + 1));
    }
    PlanTable table =
        PlanTable.of(
            hull.stream().map(line -> CostModel.entry(line.what().plan(seen), seen)).toList(),
            breakpoints);
    double seconds = table.at(seen.server(node).link().up()).seconds(seen.server(node).link().up());
    return new Staircase.Merit(table, 0, seconds);
  }

  /** The table of most right answers within the deadline. */
  Staircase.Merit mostRight() {
    double deadline = seen.demand().deadlineSeconds();
    Staircase stairs = new Staircase(seen, node);
    for (int i = 0; i < groups.size(); i++) {
      for (Choice choice : groups.get(i).choices()) {
        ExitPrices price = prices.get(i);
        int last = lastInTime(price, price.segments(), deadline);
        stairs.add(last, choice, local(price, choice), Double.POSITIVE_INFINITY);
      }
    }
    visit(
        (price, choice, segment, way, pick) -> {
          CostLine<Pick> mean = price.mean(choice, segment, way, pick);
          stairs.add(lastInTime(price, segment, deadline), choice, mean, Double.POSITIVE_INFINITY);
          for (int place = segment; place < price.segments(); place++) {
            double left = deadline - price.serverSeconds(segment, way, place);
            if (left > 0) {
              stairs.add(place, choice, mean, left / way.bits());
            }
          }
        });
    return stairs.merit();
  }

  /** The last of so many exits that the device itself makes in time; -1 if none is. */
  private static int lastInTime(ExitPrices price, int exits, double deadline) {
    int last = -1;
    while (last + 1 < exits && price.deviceSeconds(last + 1) <= deadline) {
      last++;
    }
    return last;
  }

  private CostLine<Pick> local(ExitPrices price, Choice choice) {
    return new CostLine<>(price.localSeconds(choice), 0, Pick.local(choice, seen));
  }

  private void visit(Visit visit) {
    for (int i = 0; i < groups.size(); i++) {
      ExitPrices price = prices.get(i);
      LayerSet before = LayerSet.of();
      for (int segment = 0; segment < price.segments(); segment++) {
        for (CostLine<ExitPrices.Handover> way : price.handovers(segment)) {
          LayerSet near = before.union(way.what().near());
          double deadline = seen.demand().deadlineSeconds();
          Hedge hedge = hedged ? price.inTime(segment, way, deadline) : Hedge.NEVER;
          for (Choice choice : groups.get(i).choices()) {
            visit.see(
                price,
                choice,
                segment,
                way,
                new Pick(choice, near, way.what().codec(), node, hedge));
          }
        }
        before = before.union(groups.get(i).exits().segments().get(segment));
      }
    }
  }
}
