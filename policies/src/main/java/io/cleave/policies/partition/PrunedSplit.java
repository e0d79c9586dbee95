package io.cleave.policies.partition;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.NarrowCuts;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Chooses where to cut and how many of the filters before the cut to do without: of all networks
 * that were pruned for a cut and trained again, the soonest that loses no more answers than
 * allowed.
 *
 * <p>Source: Shi et al., "Improving device-edge cooperative inference of deep learning via 2-step
 * pruning", arXiv 1903.03472; of it we know the abstract.
 *
 * <p>Complexity: O(variants x layers).
 *
 * <p>Assumes: each variant's losses were measured; additive layer times but for one start a run;
 * one frame in flight; rates that hold.
 *
 * <p>Differs: (1) it is no planner that a controller may ask: a plan here names a network of its
 * own, and agents hold one; (2) of several servers the first is asked; (3) ties (a relative 1e-12)
 * go to the earlier variant.
 */
public final class PrunedSplit {
  private final List<Variant> variants;

  /**
   * A network that lost filters for the sake of a cut.
   *
   * @param graph the network that is left, of one output
   * @param cut the tensor behind whose layers it is cut; its output, to stay on the device
   * @param loss right answers that it loses, as a share of all; below 0 if it gains
   */
  public record Variant(String name, DnnGraph graph, int cut, double loss) {
    public Variant {
      if (!(loss >= -1 && loss <= 1)) {
        throw new IllegalArgumentException("A loss must be in -1..1, not %s.".formatted(loss));
      }
    }

    private Plan plan() {
      return Plan.split(graph, graph.leadingTo(cut), Stage.DEVICE + 1);
    }
  }

  /**
   * What was chosen.
   *
   * @param seconds of a frame at the observed rates
   */
  public record Choice(Variant variant, Plan plan, double seconds) {}

  /**
   * @param variants the unpruned network among them, or there may be nothing to choose
   */
  public PrunedSplit(List<Variant> variants) {
    this.variants = List.copyOf(variants);
  }

  /**
   * The best for a state of machines and link.
   *
   * @param seen what is known if this network is run
   * @param loss most that may be lost, as a share of all
   * @throws IllegalArgumentException if no variant loses as little as that
   */
  public Choice best(Function<DnnGraph, Observation> seen, double loss) {
    return variants.stream()
        .filter(variant -> variant.loss() <= loss)
        .map(variant -> priced(variant, seen))
        .reduce((best, other) -> sooner(other, best) ? other : best)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "None of %d variants loses %s of the answers or less. Maybe the network itself is missing among them."
                        .formatted(variants.size(), loss)));
  }

  private static Choice priced(Variant variant, Function<DnnGraph, Observation> seen) {
    Plan plan = variant.plan();
    double seconds = CostModel.estimate(plan, seen.apply(variant.graph())).seconds();
    return new Choice(variant, plan, seconds);
  }

  private static boolean sooner(Choice one, Choice than) {
    return one.seconds() < than.seconds() * (1 - BlockSearch.GUARD); // false for NaN
  }

  /**
   * A network at each cut where a single tensor crosses, and all of it on the device.
   *
   * @param loss right answers that it loses, wherever it is cut
   */
  public static List<Variant> cuts(String name, DnnGraph graph, double loss) {
    return Stream.concat(NarrowCuts.of(graph).stream(), graph.outputs().stream())
        .map(cut -> new Variant(name, graph, cut, loss))
        .toList();
  }
}
