package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Outcome;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.ServerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses which exits to ask and where to cut for the least mean time, and does so again when the
 * link or the server's load has changed by enough.
 *
 * <p>Source: Wang, Cai, Huang, Dong, "ADDA: Adaptive distributed DNN inference acceleration in edge
 * computing environment", ICPADS 2019. Only its abstract is open: multi-path computation and
 * partition under server load and network. What is here is our reconstruction.
 *
 * <p>Complexity: O(exits^2) sets of exits a decision, each with every cut of its segments: exits
 * are added one by one while that helps.
 *
 * <p>Assumes: one threshold for all exits.
 *
 * <p>Differs: the paper's algorithm is not known; greedy addition of exits is ours.
 */
public final class Adda implements Planner {
  private static final int DEVICES = 4096; // kept in mind

  private final double threshold;
  private final double change;
  private final Planner other = new BlockMinCut();
  private final Map<String, Decided> decided = new LinkedHashMap<>(); // by device

  /** What a device was told, and what was known then. */
  private record Decided(List<Double> figures, PlanTable table) {}

  /**
   * @param threshold of normalised entropy, 0 to 1, below which a frame leaves
   * @param change of a rate, load or queue, relative, from which on it decides anew
   */
  public Adda(double threshold, double change) {
    if (!(threshold >= 0 && threshold <= 1) || !(change >= 0)) {
      throw new IllegalArgumentException(
          "A threshold of normalised entropy is in 0..1 and a change at least 0, not %s and %s."
              .formatted(threshold, change));
    }
    this.threshold = threshold;
    this.change = change;
  }

  @Override
  public boolean knowsExits() {
    return true;
  }

  /** Without known exits it only cuts. */
  @Override
  public PlanTable plan(Observation observation) {
    if (observation.exits().isEmpty()) {
      return other.plan(observation);
    }
    String device = observation.device().name();
    List<Double> figures = figures(observation);
    Decided before = decided.get(device);
    if (before != null && !changed(before.figures(), figures)) {
      return before.table();
    }
    if (decided.size() >= DEVICES) {
      decided.clear();
    }
    PlanTable table = PlanTable.constant(decide(observation));
    decided.put(device, new Decided(figures, table));
    return table;
  }

  private static List<Double> figures(Observation seen) {
    List<Double> figures = new ArrayList<>();
    figures.add(seen.device().times().between(0, seen.graph().size()));
    for (ServerState server : seen.servers()) {
      figures.add(server.link().up().bitsPerSecond());
      figures.add(server.node().queueSeconds());
      figures.add(server.node().times().between(0, seen.graph().size()));
    }
    return figures;
  }

  private boolean changed(List<Double> before, List<Double> now) {
    return before.size() != now.size()
        || IntStream.range(0, now.size())
            .anyMatch(i -> Math.abs(now.get(i) - before.get(i)) > change * Math.abs(before.get(i)));
  }

  private PlanTable.Entry decide(Observation seen) {
    ExitAnswers answers = seen.exits().orElseThrow();
    int last = answers.exits().size() - 1;
    List<Integer> exits = new ArrayList<>(List.of(last));
    Best best = best(seen, exits);
    for (boolean helps = true; helps; ) {
      helps = false;
      List<Integer> grown = exits;
      for (int exit = 0; exit < last; exit++) {
        if (!exits.contains(exit)) {
          List<Integer> with = new ArrayList<>(exits);
          with.add(exit);
          with.sort(null);
          Best bid = best(seen, with);
          if (bid.seconds() < best.seconds()) {
            best = bid;
            grown = with;
            helps = true;
          }
        }
      }
      exits = grown;
    }
    return CostModel.entry(best.plan(), seen);
  }

  private record Best(Plan plan, double seconds) {}

  /** The best cut for a set of exits; all local if nothing is faster. */
  private Best best(Observation seen, List<Integer> exits) {
    ExitAnswers answers = seen.exits().orElseThrow();
    double nats = threshold * Math.log(answers.classes());
    List<Double> thresholds = exits.stream().skip(1).map(exit -> nats).toList();
    ExitRule rule = new ExitRule(ExitSignal.ENTROPY, answers.classes(), exits, thresholds);
    List<Outcome> outcomes = answers.under(rule);
    Choice choice = new Choice(rule, outcomes);
    ExitSet set = new ExitSet(seen.graph(), rule);
    Best best = new Best(Plan.local(seen.graph(), rule), Double.POSITIVE_INFINITY);
    for (int node = 1; node <= seen.servers().size(); node++) {
      ExitPrices prices = new ExitPrices(set, rule, seen, node, List.of(Codec.FP32));
      double x = seen.server(node).link().up().secondsPerBit();
      if (prices.localSeconds(choice) < best.seconds()) {
        best = new Best(Plan.local(seen.graph(), rule), prices.localSeconds(choice));
      }
      LayerSet before = LayerSet.of();
      for (int segment = 0; segment < prices.segments(); segment++) {
        for (var way : prices.handovers(segment)) {
          double seconds = prices.mean(choice, segment, way, way).at(x);
          if (seconds < best.seconds()) {
            LayerSet near = before.union(way.what().near());
            best = new Best(Plan.split(seen.graph(), rule, near, node), seconds);
          }
        }
        before = before.union(set.segments().get(segment));
      }
    }
    return best;
  }
}
