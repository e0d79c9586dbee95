package io.cleave.policies.partition;

import io.cleave.policies.cost.CostLine;
import io.cleave.policies.cost.LowerEnvelope;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes exact plan tables: the best cut towards one server for every uplink rate at once, as the
 * lower envelope of the cost lines of all cuts.
 *
 * <p>Source: our own combination of the block-wise cut of QDMP (Zhang et al., IMWUT 2020) with the
 * search for breakpoints of a parametric optimum by crossing lines (Eisner and Severance, J. ACM
 * 23(4), 1976).
 *
 * <p>Complexity: for each codec O(n log n) for the hull of cuts behind cut vertices, all of a
 * chain; then for a table of k entries at most 2 k + 1 block-wise minimum cuts.
 *
 * <p>Assumes: one server, one codec for all that crosses, the cost model's additive times.
 *
 * <p>Differs: (1) the search starts from the hull of simple cuts, not from two lines, so that most
 * crossings only need to be confirmed; (2) a line that gains less than a relative 1e-12 is none.
 *
 * <p>Keeps what it prepared for each network. Owned by one thread.
 */
public final class ExactTables {
  private final Prepared<BlockSearch> prepared = new Prepared<>(BlockSearch::new);
  private final double mostLost;

  /** Whatever codecs do to answers. */
  public ExactTables() {
    this(1);
  }

  /**
   * With codecs only where they cost few right answers.
   *
   * @param mostLost share of them that is allowed, 0 to 1, where it was measured
   */
  public ExactTables(double mostLost) {
    this.mostLost = mostLost;
  }

  /**
   * The same with tensors that cross as they are.
   *
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}, at least 1
   */
  public PlanTable table(Observation observation, int node) {
    return table(observation, node, List.of(Codec.FP32));
  }

  /**
   * All best plans towards a server and the rates at which they change, from the fastest link to
   * local, which is always the last.
   *
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}, at least 1
   * @param codecs of which each plan has one, at least one; of equally good ones the first
   */
  public PlanTable table(Observation observation, int node, List<Codec> codecs) {
    List<CostLine<PlanTable.Entry>> all = new ArrayList<>();
    for (Codec codec : codecs) {
      all.addAll(lines(observation, node, codec, mostLost));
    }
    List<CostLine<PlanTable.Entry>> lines = codecs.size() == 1 ? all : LowerEnvelope.of(all);
    double[] breakpoints = new double[lines.size() - 1];
    for (int i = 1; i < lines.size(); i++) {
      breakpoints[i - 1] = lines.get(i - 1).crossing(lines.get(i));
    }
    return PlanTable.of(lines.stream().map(CostLine::what).toList(), breakpoints);
  }

  private List<CostLine<PlanTable.Entry>> lines(
      Observation observation, int node, Codec codec, double bound) {
    BlockSearch search = prepared.of(observation.graph(), codec, bound);
    PartitionProblem problem = PartitionProblem.of(observation, node, search.skeleton);
    search.load(problem.te, problem.tc, problem.startSeconds);
    List<CostLine<PlanTable.Entry>> lines = new ArrayList<>();
    for (CostLine<LayerSet> line : complete(problem, search)) {
      lines.add(new CostLine<>(line.fixed(), line.bits(), problem.entry(line.what())));
    }
    return lines;
  }

  /**
   * The plans of which one is cheapest, whatever the rate and whatever a lost answer is worth: for
   * each codec and each share that it costs somewhere, the best of those that cost no more.
   *
   * <p>Complexity: that of a table for each codec and share.
   *
   * @param codecs of which each plan has one, at least one
   * @param below share of right answers that is too dear whatever else is gained, above 0
   */
  Set<Plan> byLoss(Observation observation, int node, List<Codec> codecs, double below) {
    Set<Plan> plans = new LinkedHashSet<>();
    for (Codec codec : codecs) {
      observation.graph().tensors().stream()
          .mapToDouble(codec::lost)
          .filter(lost -> lost <= mostLost && lost < below)
          .sorted()
          .distinct()
          .forEach(
              lost ->
                  lines(observation, node, codec, lost)
                      .forEach(line -> plans.add(line.what().plan())));
    }
    return plans;
  }

  /**
   * Seconds that the best plan takes at the observed rate, the device's queue apart. If that is
   * local, as may be where offloading only spares the next frames a wait: those of all but the
   * input on the server.
   */
  double offloadedSeconds(Observation observation, int node) {
    double x = observation.server(node).link().up().secondsPerBit();
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    BlockSearch search = prepared.of(observation.graph());
    PartitionProblem problem = PartitionProblem.of(observation, node, search.skeleton);
    search.load(problem.te, problem.tc, problem.startSeconds);
    search.search(x);
    LayerSet near = search.near();
    LayerSet offloaded = near.size() == observation.graph().size() ? LayerSet.of(0) : near;
    return problem.workSeconds(offloaded) + x * problem.uplinkBits(offloaded);
  }

  /** Adds cuts until no crossing of two lines is undercut by a third. */
  private static List<CostLine<LayerSet>> complete(PartitionProblem problem, BlockSearch search) {
    List<CostLine<LayerSet>> lines = search.simpleLines();
    lines.add(best(problem, search, 0));
    lines = LowerEnvelope.of(lines);
    int confirmed = 0; // crossings from the left that stand
    while (confirmed + 1 < lines.size()) {
      CostLine<LayerSet> steep = lines.get(confirmed);
      double x = steep.crossing(lines.get(confirmed + 1));
      double known = steep.at(x);
      CostLine<LayerSet> found = best(problem, search, x);
      if (found.at(x) < known - 2 * BlockSearch.GUARD * known) {
        lines.add(found);
        lines = LowerEnvelope.of(lines); // surely with the new line, so this ends
        confirmed = Math.max(0, lines.indexOf(steep)); // it stays unless the new one ties with it
      } else {
        confirmed++;
      }
    }
    return lines;
  }

  private static CostLine<LayerSet> best(PartitionProblem problem, BlockSearch search, double x) {
    search.search(x);
    LayerSet near = search.near();
    return new CostLine<>(problem.workSeconds(near), problem.uplinkBits(near), near);
  }
}
