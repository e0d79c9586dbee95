package io.cleave.policies.learning;

import io.cleave.policies.exits.ByExits;
import io.cleave.policies.partition.HedgedTable;
import io.cleave.policies.partition.Prospect;
import io.cleave.policies.partition.Prospects;
import io.cleave.policies.plan.Guarded;
import io.cleave.policies.plan.Influence;
import io.cleave.policies.plan.LearningPoint;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plan table of {@link HedgedTable} with every expected cost corrected by what a network has
 * learned of histories, queues and errors of the estimate.
 *
 * <p>Source: ours. Scores of candidates instead of actions let one set of weights serve any network
 * and any number of servers; the score is a residual on the negative expected cost, as in residual
 * policy learning (Silver et al., arXiv 1812.06298), so that weights of 0 are {@link HedgedTable}.
 *
 * <p>Complexity: that of {@link HedgedTable}, and for each rate of the grid one pass of the network
 * for each cut and delay.
 *
 * <p>Assumes: devices and links like those it was trained on; see docs/methods/learned.md. Owned by
 * one thread.
 */
public final class LearnedTable implements Planner {
  private final List<LearningPoint> curve;
  private final Residual residual;
  private final Guard guard;
  private final HedgedTable table;
  private final Planner exits;
  private final ByExits cautious;

  /**
   * @param exits plans networks with exits, of which nothing was learned
   * @throws IllegalArgumentException if the policy does not correct the cost model
   */
  public LearnedTable(TrainedPolicy policy, Planner exits) {
    this(policy, exits, HedgedTable.Settings.STANDARD);
  }

  /**
   * The same with other forms in which tensors may cross.
   *
   * @param settings for networks without exits, with both ideas
   * @throws IllegalArgumentException if the policy does not correct the cost model
   */
  public LearnedTable(TrainedPolicy policy, Planner exits, HedgedTable.Settings settings) {
    policy.checkCorrects();
    this.exits = exits;
    this.cautious = new ByExits(new HedgedTable(settings), exits);
    this.curve = policy.curve();
    this.residual = new Residual(policy.scorer());
    this.guard = new Guard(residual);
    this.table = new HedgedTable(settings, guard);
  }

  @Override
  public List<LearningPoint> learningCurve() {
    return curve;
  }

  @Override
  public Guarded guarded() {
    return guard.counts();
  }

  @Override
  public double[] learned(Observation seen, int node, List<Plan> plans) {
    if (seen.exits().isPresent()) {
      return new double[plans.size()];
    }
    double x = seen.server(node).link().up().secondsPerBit();
    Prospects prospects = table.prospects(seen, node);
    List<Prospect> all = new ArrayList<>(prospects.at(x));
    int known = all.size();
    plans.forEach(plan -> all.add(prospects.of(plan, x)));
    return Arrays.copyOfRange(guard.capped(seen, node, x, all), known, all.size());
  }

  @Override
  public List<Influence> influences(Observation seen, int node, Plan plan) {
    if (seen.exits().isPresent()) {
      return List.of();
    }
    double x = seen.server(node).link().up().secondsPerBit();
    Prospects prospects = table.prospects(seen, node);
    Prospect way = prospects.of(plan, x);
    return way.helped() ? residual.influences(seen, node, x, prospects.at(x), way) : List.of();
  }

  @Override
  public Planner cautious() {
    return cautious;
  }

  @Override
  public PlanTable plan(Observation observation) {
    return observation.exits().isEmpty() ? table.plan(observation) : exits.plan(observation);
  }

  @Override
  public boolean knowsExits() {
    return true;
  }
}
