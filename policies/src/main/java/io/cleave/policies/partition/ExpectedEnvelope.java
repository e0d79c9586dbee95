package io.cleave.policies.partition;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The cut and delay of least expected cost towards one server, at one estimate or at all. */
final class ExpectedEnvelope {
  private static final double STEP = 1.15; // between two rates of the grid
  private static final double SPAN = 1e9; // of the grid at most
  private static final double NEGLIGIBLE = 0.02; // share of a plan's time that its transfer takes

  /** A plan, its hedge, and what they are expected to cost. */
  record Choice(UncertainPrice price, double delay, double cost) {
    PlanTable.Entry entry() {
      return price.entry(delay);
    }

    boolean same(Choice other) {
      return price == other.price && delay == other.delay;
    }
  }

  private final HedgedTable.Settings settings;
  private final UncertainPrice local;
  private final List<UncertainPrice> offloads = new ArrayList<>();
  private final double localSeconds;
  private final double firstChange; // seconds per bit up to which one cut is best for every ratio
  private final double end; // seconds per bit from which on offloading has no hope

  ExpectedEnvelope(
      Observation observation, int node, HedgedTable.Settings settings, ExactTables tables) {
    this.settings = settings;
    RateError error = observation.server(node).link().upError();
    this.local = new UncertainPrice(Plan.local(observation.graph()), observation, error);
    this.localSeconds = local.seconds(0, Hedge.NEVER.delaySeconds());
    PlanTable exact = tables.table(observation, node);
    this.firstChange =
        exact.entries().size() == 1
            ? Double.POSITIVE_INFINITY
            : exact.breakpoints()[0] * leastAboveZero(error.ratios());
    for (LayerSet near : cuts(exact, observation, node, tables)) {
      offloads.add(
          new UncertainPrice(Plan.split(observation.graph(), near, node), observation, error));
    }
    double localCost = localChoice(0).cost();
    this.end = offloads.stream().mapToDouble(price -> price.worthUpTo(localCost)).max().orElse(0);
  }

  /** The best choice at an estimate of {@code x} seconds per bit. */
  Choice at(double x) {
    Choice best = localChoice(x);
    if (!(x < end)) {
      return best;
    }
    for (UncertainPrice price : offloads) {
      double delay = settings.auto() ? price.bestDelay(x) : settings.fixed().delaySeconds();
      double cost = cost(price, x, delay);
      if (cost < best.cost()) { // false for NaN
        best = new Choice(price, delay, cost);
      }
    }
    return best;
  }

  /** The best choices at all estimates; {@code observed} is one of the rates of the grid. */
  PlanTable table(double observed) {
    List<PlanTable.Entry> entries = new ArrayList<>();
    List<Double> breakpoints = new ArrayList<>();
    double last = 0;
    double[] grid = grid(observed);
    double heldAt = grid[0];
    Choice held = at(heldAt);
    entries.add(held.entry());
    for (double x : grid) {
      Choice next = at(x);
      if (!next.same(held)) {
        double from = takeOver(held, next, heldAt, x);
        if (from > last) {
          breakpoints.add(from);
          entries.add(next.entry());
          last = from;
        } else { // the plan before would hold at no rate
          entries.set(entries.size() - 1, next.entry());
        }
        held = next;
      }
      heldAt = x;
    }
    return PlanTable.of(entries, breakpoints.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Seconds per bit, ascending, all above 0; the last the one from which on all is local. */
  private double[] grid(double observed) {
    if (end == 0) {
      return new double[] {1};
    }
    double bits = offloads.stream().mapToDouble(UncertainPrice::uplinkBits).max().orElseThrow();
    double fixed = offloads.stream().mapToDouble(UncertainPrice::fixedSeconds).min().orElseThrow();
    double begin = Math.min(NEGLIGIBLE * fixed / bits, firstChange / 2);
    begin = Math.min(end / 2, Math.max(begin, end / SPAN));
    int steps = (int) Math.ceil(Math.log(end / begin) / Math.log(STEP));
    DoubleStream.Builder grid = DoubleStream.builder();
    for (int i = 0; i < steps; i++) {
      grid.add(begin * Math.pow(end / begin, (double) i / steps));
    }
    if (observed > 0 && observed < end) {
      grid.add(observed);
    }
    return grid.add(end).build().sorted().distinct().toArray();
  }

  /** Where the next choice becomes the cheaper one: by bisection, to the last digits. */
  private double takeOver(Choice held, Choice next, double heldAt, double nextAt) {
    double low = heldAt;
    double high = nextAt;
    for (double middle = (low + high) / 2; high - low > 1e-12 * high; middle = (low + high) / 2) {
      boolean taken =
          cost(next.price(), middle, next.delay()) < cost(held.price(), middle, held.delay());
      low = taken ? low : middle;
      high = taken ? middle : high;
    }
    return low;
  }

  private double cost(UncertainPrice price, double x, double delay) {
    // A hedge at once promises an answer no later than local, so it must not be predicted later.
    boolean promised = !settings.auto() && delay == 0 && price != local;
    return promised && price.seconds(x, 0) > localSeconds
        ? Double.POSITIVE_INFINITY
        : price.expected(x, delay);
  }

  private Choice localChoice(double x) {
    double never = Hedge.NEVER.delaySeconds();
    return new Choice(local, never, local.expected(x, never));
  }

  private static double leastAboveZero(List<Double> ratios) {
    return ratios.stream().filter(ratio -> ratio > 0).findFirst().orElse(1.0);
  }

  private static Set<LayerSet> cuts(
      PlanTable exact, Observation observation, int node, ExactTables tables) {
    Set<LayerSet> cuts = new LinkedHashSet<>();
    collect(cuts, exact);
    if (observation.demand().secondsPerJoule() > 0) {
      collect(cuts, tables.table(PricedEnergy.inSeconds(observation, node), node));
    }
    cuts.add(LayerSet.of(0)); // hedged at once, the only one that needs no second engine start
    cuts.remove(observation.graph().all());
    return cuts;
  }

  private static void collect(Set<LayerSet> cuts, PlanTable table) {
    table.entries().forEach(entry -> cuts.add(entry.plan().near()));
  }
}
