package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import java.util.function.IntFunction;

/**
 * Where a network's layers run in a training step: forward, loss, backward through the mirrored
 * network, on a device and a server that changes of sides lead to and fro.
 *
 * <p>Source: JointDNN, as {@link SwitchingPath}: forward and backward propagation at layer
 * granularity (read in the abstract); the mirrored graph of twice the layers is from memory.
 *
 * <p>Complexity: as {@link SwitchingPath}.
 *
 * <p>Assumes: a layer's way back takes a multiple of its way forward, {@link Backward}; it runs
 * where the way forward ran, since it needs what was held there; each side keeps and changes its
 * own weights, so that no weight crosses; slopes are as large as what they belong to. Labels and
 * the loss, some bytes, cross for nothing, and changing the weights takes no time.
 *
 * <p>Differs: the two halves of the mirrored graph are folded: since a layer's way back runs where
 * its way forward ran, one pass over the layers decides both, and the optimum is the same.
 */
public final class TrainingPath {
  private final Aim aim;

  public TrainingPath(Objective objective, Limits limits) {
    this.aim = new Aim(objective, limits);
  }

  /** The best division of a step; its plan tells the way forward. */
  public Route route(Observation observation) {
    return RouteSearch.best(observation, legs(observation), aim);
  }

  /** The best of those that change sides once at most. */
  public Route singleCut(Observation observation) {
    return SingleCut.best(observation, legs(observation), aim).route(aim, true);
  }

  /** What a step takes if all runs on the device. */
  public static Expense local(Observation observation) {
    int layers = observation.graph().size();
    return SingleCut.queue(observation).plus(legs(observation).apply(1).near(0, layers));
  }

  /** What a step takes if the layers from this one on run on a server. */
  public static Expense split(Observation observation, int from, int node) {
    Legs there = legs(observation).apply(node);
    TopologicalCuts cuts = TopologicalCuts.of(observation.graph(), there.sloped());
    return SingleCut.expense(observation, there, cuts, from);
  }

  private static IntFunction<Legs> legs(Observation observation) {
    Backward backward = Backward.of(observation.graph());
    return node -> new TrainingLegs(observation, backward, node);
  }
}
