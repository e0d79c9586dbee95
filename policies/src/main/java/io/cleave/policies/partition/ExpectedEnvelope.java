package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The cut and delay of least expected cost towards one server, at one estimate or at all. */
final class ExpectedEnvelope {
  private static final double STEP = 1.15; // between two rates of the grid
  private static final double SPAN = 1e9; // of the grid at most
  private static final double NEGLIGIBLE = 0.02; // share of a plan's time that its transfer takes

  /**
   * What is chosen at some estimate.
   *
   * @param learned seconds by which experience corrects its expected cost there
   */
  record Choice(Prospect prospect, double learned) {
    double cost() {
      return prospect.cost() + learned;
    }

    PlanTable.Entry entry() {
      return prospect.price().entry(prospect.delay());
    }
  }

  private final Observation observation;
  private final int node;
  private final Experience experience;
  private final Prospects prospects;

  ExpectedEnvelope(Observation observation, int node, Prospects prospects, Experience experience) {
    this.observation = observation;
    this.node = node;
    this.prospects = prospects;
    this.experience = experience;
  }

  /** The best choice at an estimate of {@code x} seconds per bit. */
  Choice at(double x) {
    return at(x, prospects.local());
  }

  /**
   * The same.
   *
   * @param likely the way that is best at an estimate close by
   */
  private Choice at(double x, Prospect likely) {
    Choice best = new Choice(prospects.local(), 0);
    if (!prospects.hopeful(x)) {
      return best;
    }
    if (experience.equals(Experience.NONE)) {
      return new Choice(prospects.best(x, likely), 0);
    }
    List<Prospect> all = prospects.at(x);
    double[] learned = experience.seconds(observation, node, x, all);
    for (int i = 1; i < learned.length; i++) {
      Choice next = new Choice(all.get(i), learned[i] - learned[0]);
      best = next.cost() < best.cost() ? next : best; // false for NaN
    }
    return best;
  }

  /** The best choices at all estimates; {@code observed} is one of the rates of the grid. */
  PlanTable table(double observed) {
    List<PlanTable.Entry> entries = new ArrayList<>();
    List<PlanTable.Change> changes = new ArrayList<>();
    double[] grid = grid(observed);
    double heldAt = grid[0];
    Choice held = at(heldAt);
    entries.add(held.entry());
    for (double x : grid) {
      Choice next = at(x, held.prospect());
      if (!next.prospect().same(held.prospect())) {
        changes.add(change(held, next, heldAt, x));
        entries.add(next.entry());
        held = next;
      }
      heldAt = x;
    }
    return PlanTable.changing(entries, changes);
  }

  private PlanTable.Change change(Choice held, Choice next, double heldAt, double nextAt) {
    return new PlanTable.Change(heldAt, nextAt, () -> takeOver(held, next, heldAt, nextAt));
  }

  /** Seconds per bit, ascending, all above 0; the last the one from which on all is local. */
  private double[] grid(double observed) {
    double end = prospects.end();
    if (end == 0) {
      return new double[] {1};
    }
    double negligible = NEGLIGIBLE * prospects.leastFixedSeconds() / prospects.mostUplinkBits();
    double begin = Math.min(negligible, prospects.firstChange() / 2);
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
      boolean taken = cost(next, middle) < cost(held, middle);
      low = taken ? low : middle;
      high = taken ? middle : high;
    }
    return low;
  }

  private double cost(Choice choice, double x) {
    Prospect prospect = choice.prospect();
    return prospects.cost(prospect, x) + choice.learned();
  }
}
