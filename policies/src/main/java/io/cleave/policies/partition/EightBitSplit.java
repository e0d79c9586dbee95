package io.cleave.policies.partition;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.NarrowCuts;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Runs the device's part with whole numbers of eight bits and what lies behind the cut with floats;
 * of all cuts that were measured, the soonest that loses no more answers and takes no more storage
 * than allowed.
 *
 * <p>Source: Li et al., "Auto-tuning neural network quantization framework for collaborative
 * inference between the cloud and edge", ICANN 2018, arXiv 1812.06426; of it we know the abstract.
 * T(p) = device in eight bits + a quarter of the tensor over the link + server in floats.
 *
 * <p>Complexity: O(servers x cuts x layers).
 *
 * <p>Assumes: what the model's notes say of storage, loss and speed ({@code ./cleave model
 * quantised}); additive layer times but for one start a run; one frame in flight; rates that hold.
 *
 * <p>Differs: (1) local and remote in floats are candidates, too, which lose nothing and count no
 * storage: without notes nothing else is left; (2) the speed of eight bits is one measured factor
 * for each cut, the same on each device; (3) of several servers the best is taken; (4) ties (a
 * relative 1e-12) go to less storage, then to less loss, then to the earlier candidate.
 */
public final class EightBitSplit implements Planner {
  private static final double GUARD = BlockSearch.GUARD;

  private final Bounds bounds;

  /**
   * What is allowed.
   *
   * @param loss most right answers lost, as a share of all; infinite for any, unknown ones included
   * @param storageBytes most that the device's part may take; infinite for any
   */
  public record Bounds(double loss, double storageBytes) {
    public Bounds {
      if (!(loss >= 0) || !(storageBytes >= 0)) {
        throw new IllegalArgumentException(
            "Bounds must be at least 0, not %s and %s bytes.".formatted(loss, storageBytes));
      }
    }

    boolean allow(Choice choice) {
      return choice.loss() <= loss && choice.storageBytes() <= storageBytes;
    }
  }

  /**
   * A way to run the network.
   *
   * @param seconds of a frame at the observed rates
   * @param storageBytes of the device's part in eight bits; 0 if nothing of it is
   * @param loss right answers lost, as a share of all
   */
  public record Choice(Plan plan, double seconds, double storageBytes, double loss) {
    private boolean dominates(Choice other) {
      boolean noWorse =
          seconds <= other.seconds && storageBytes <= other.storageBytes && loss <= other.loss;
      return noWorse
          && (seconds < other.seconds || storageBytes < other.storageBytes || loss < other.loss);
    }
  }

  public EightBitSplit(Bounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public PlanTable plan(Observation observation) {
    Choice best = best(choices(observation));
    return PlanTable.constant(CostModel.entry(best.plan(), observation));
  }

  /** Local comes first and is always allowed. */
  private Choice best(List<Choice> choices) {
    Choice best = choices.get(0);
    for (Choice choice : choices) {
      if (bounds.allow(choice) && better(choice, best)) {
        best = choice;
      }
    }
    return best;
  }

  private static boolean better(Choice one, Choice than) {
    if (Math.abs(one.seconds() - than.seconds()) <= GUARD * than.seconds()) {
      return Comparator.comparingDouble(Choice::storageBytes)
              .thenComparingDouble(Choice::loss)
              .compare(one, than)
          < 0;
    }
    return one.seconds() < than.seconds(); // false for NaN
  }

  /**
   * Where it is worth to measure: a single tensor crosses, smaller than at each earlier such place
   * behind a layer; a convolution, its batch normalisation and its rectifier stay together. The
   * network's input and its output are among them.
   *
   * @param trunk a network of one output
   */
  public static List<Integer> candidates(DnnGraph trunk) {
    List<Integer> candidates = new ArrayList<>();
    long least = Long.MAX_VALUE;
    for (int tensor : NarrowCuts.of(trunk)) {
      long bytes = trunk.tensor(tensor).size().bytes();
      boolean input = trunk.tensor(tensor).producer() == 0;
      if (input || bytes < least) {
        candidates.add(tensor);
        least = input ? least : bytes;
      }
    }
    candidates.add(trunk.outputs().get(0));
    return candidates;
  }

  /** The choices that no other is as good as or better in all three, in their order. */
  public static List<Choice> nonDominated(List<Choice> choices) {
    return choices.stream()
        .filter(one -> choices.stream().noneMatch(other -> other.dominates(one)))
        .toList();
  }

  /** All ways, allowed or not: local and remote in floats, and each measured cut. */
  public static List<Choice> choices(Observation observation) {
    DnnGraph graph = observation.graph();
    List<Choice> choices = new ArrayList<>();
    choices.add(choice(Plan.local(graph), observation, 0, 0));
    for (int node = 1; node <= observation.servers().size(); node++) {
      choices.add(choice(Plan.split(graph, LayerSet.of(0), node), observation, 0, 0));
    }
    for (int t = 0; t < graph.tensors().size(); t++) {
      if (graph.tensor(t).eightBits().isPresent()) {
        EightBits known = graph.tensor(t).eightBits().get();
        for (Plan plan : plans(graph, graph.leadingTo(t), observation.servers().size())) {
          choices.add(choice(plan, observation, known.storageBytes(), known.accuracyLoss()));
        }
      }
    }
    return choices;
  }

  private static Choice choice(Plan plan, Observation observation, long storage, double loss) {
    double seconds = CostModel.estimate(plan, observation).seconds();
    return new Choice(plan, seconds, storage, loss);
  }

  private static List<Plan> plans(DnnGraph graph, LayerSet near, int servers) {
    // Of the input alone there is nothing to compute.
    Stage here = near.size() == 1 ? new Stage(Stage.DEVICE, near) : Stage.eightBits(near);
    LayerSet far = graph.all().minus(near);
    List<Plan> plans = new ArrayList<>();
    for (int node = 1; node <= servers; node++) {
      if (!far.isEmpty()) {
        Plan split = Plan.split(graph, near, node);
        plans.add(split.with(List.of(here, new Stage(node, far))).with(Codec.INT8));
      }
    }
    return far.isEmpty() ? List.of(Plan.local(graph).with(List.of(here))) : plans;
  }
}
