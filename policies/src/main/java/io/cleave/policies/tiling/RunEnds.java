package io.cleave.policies.tiling;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which consecutive layers keep the same cut, with a halo that grows, until gathering the pieces
 * pays: the exact optimum over all ways to divide a network into runs that the device runs alone
 * and runs that are shared.
 *
 * <p><b>Idea:</b> the best way to a cut position is the best way to an earlier one and one run from
 * there. How a run is shared best takes long to find, and what it takes at least does not: so the
 * best way by what is known is looked for, its runs are priced, and so on until all of them are.
 * <b>Source:</b> the dynamic programme over fused layers of AOFL (Zhou et al., SEC 2019), for any
 * rule by which a run is shared; priced lazily as by LazySP (Dellin, Srinivasa, ICAPS 2016).
 * <b>Complexity:</b> O(p^2) bounds, and as many runs at worst, for p positions at which one layer's
 * output is all that is open. <b>Assumes</b> that runs cost the same whatever is before them.
 * <b>Differs:</b> runs begin and end at such positions only, so that a branch of an Inception block
 * is never shared without its siblings.
 */
final class RunEnds {
  private static final double ROUNDING = 1e-9;

  private final RunPrices prices;

  /**
   * @param divider how a run is shared
   * @param runs of the observation's network
   */
  RunEnds(Observation observation, Terms terms, Divider divider, Runs runs) {
    this(new RunPrices(observation, terms, List.of(divider), runs, Optional.empty()));
  }

  /**
   * @param prices of the observation's runs, of which none is settled
   */
  RunEnds(RunPrices prices) {
    this.prices = prices;
  }

  /**
   * All layers in stages.
   *
   * @param seconds that they take one after the other, the device's queue apart
   */
  record Division(List<Stage> stages, double seconds) {}

  Division best() {
    return best(Double.POSITIVE_INFINITY).orElseThrow();
  }

  /**
   * The same if it takes less than so many seconds, or hardly longer; else empty, or what there is.
   */
  Optional<Division> best(double enough) {
    double known = enough; // seconds of the best way of which all runs are priced
    Ways ways = prices.ways();
    while (ways.seconds() <= known * (1 + ROUNDING)) {
      List<Ways.Leg> legs = ways.legs();
      double[] rest = prices.rest();
      boolean all = true;
      double sum = 0;
      for (Ways.Leg leg : legs) {
        if (!prices.isSettled(leg)) {
          double around = ways.seconds(leg.start()) + rest[leg.end()];
          prices.settle(leg, known * (1 + ROUNDING) - around);
          all = false;
        }
        sum += prices.seconds(leg);
      }
      if (all) {
        return Optional.of(division(legs, ways.seconds()));
      }
      known = Math.min(known, sum);
      ways = prices.ways();
    }
    return Optional.empty();
  }

  private Division division(List<Ways.Leg> legs, double seconds) {
    List<Stage> stages = new ArrayList<>(List.of(new Stage(Stage.DEVICE, LayerSet.of(0))));
    for (Ways.Leg leg : legs) {
      stages.add(prices.run(leg).stage());
    }
    return new Division(joined(stages), seconds);
  }

  /** Runs of one machine that follow each other are one, the input included. */
  static List<Stage> joined(List<Stage> stages) {
    List<Stage> joined = new ArrayList<>();
    for (Stage stage : stages) {
      int last = joined.size() - 1;
      boolean both =
          last >= 0
              && stage.node() == joined.get(last).node()
              && stage.sharing().isEmpty()
              && joined.get(last).sharing().isEmpty();
      if (both) {
        joined.set(last, stage.with(joined.get(last).layers()::union));
      } else {
        joined.add(stage);
      }
    }
    return joined;
  }
}
