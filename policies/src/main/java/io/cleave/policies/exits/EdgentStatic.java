package io.cleave.policies.exits;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.exits.Route.Priced;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;
import java.util.Optional;

/**
 * Takes the deepest exit that can answer in time, and the cut that gets there soonest.
 *
 * <p>Source: Li, Zhou, Chen, "Edge Intelligence: On-Demand Deep Learning Model Co-Inference with
 * Device-Edge Synergy" (Edgent), MECOMM 2018, arXiv 1806.07840; Li, Zeng, Zhou, Chen, IEEE TWC
 * 2020, arXiv 1910.05316: the search for exit point and partition point in a static environment. We
 * know it from memory, but for the abstracts.
 *
 * <p>Complexity: O(servers x sum of the exits' layers); a table for all rates O(routes x entries).
 *
 * <p>Assumes: additive layer times but for one start a run; one frame in flight; rates that hold;
 * deeper exits are better.
 *
 * <p>Differs: (1) where the paper finds nothing that is in time, a frame still has to be answered:
 * the route of least latency is taken; (2) a route without help sends nothing, and round trip,
 * queue and the answer's way back are priced; (3) besides edge first, as published, the device may
 * run the first layers; (4) layers are cut in the order of the network, and all tensors that cross
 * are sent, each once, so that networks need not be chains; (5) of several servers the best is
 * taken, of equal ones the first; (6) layer times come from the observation's profile; for
 * regressions by kind of layer, as in the paper, give the machines a {@link
 * io.cleave.policies.profile.FittedProfile}; (7) on request a table answers for every uplink rate;
 * (8) ties go to the route without help, then to the earlier cut.
 */
public final class EdgentStatic implements Planner {
  private final Settings settings;
  private Optional<Routes> known = Optional.empty();

  /**
   * How to plan.
   *
   * @param direction which side runs the first layers; edge first as published
   * @param table whether to answer for every uplink rate, or for the observed one as published
   */
  public record Settings(Direction direction, boolean table) {}

  /** A route with its latency at the observed rate. */
  private record Choice(Priced route, double seconds, boolean inTime) {
    boolean beats(Choice other) {
      int deeper = Integer.compare(route.route().exit(), other.route.route().exit());
      if (inTime != other.inTime) {
        return inTime;
      }
      return (inTime && deeper != 0) ? deeper > 0 : seconds < other.seconds;
    }
  }

  public EdgentStatic(Settings settings) {
    this.settings = settings;
  }

  @Override
  public boolean knowsExits() {
    return true;
  }

  @Override
  public PlanTable plan(Observation seen) {
    Routes routes =
        known
            .filter(before -> before.fit(seen))
            .orElseGet(() -> Routes.of(seen, settings.direction()));
    known = Optional.of(routes);
    List<List<Priced>> priced = routes.priced(seen, 1);
    Choice choice = choose(priced, seen, 1);
    for (int node = 2; node <= seen.servers().size(); node++) {
      List<List<Priced>> others = routes.priced(seen, node);
      Choice other = choose(others, seen, node);
      if (other.beats(choice)) {
        priced = others;
        choice = other;
      }
    }
    if (!settings.table()) {
      return PlanTable.constant(CostModel.entry(routes.plan(choice.route().route()), seen));
    }
    DeadlineTable table = DeadlineTable.of(priced, seen.demand().deadlineSeconds());
    return PlanTable.of(
        table.entries().stream()
            .map(route -> CostModel.entry(routes.plan(route.route()), seen))
            .toList(),
        table.breakpoints());
  }

  private static Choice choose(List<List<Priced>> routes, Observation seen, int node) {
    double x = seen.server(node).link().up().secondsPerBit();
    Choice best = fastest(routes.get(routes.size() - 1), x, seen);
    for (int exit = routes.size() - 2; exit >= 0 && !best.inTime(); exit--) {
      Choice here = fastest(routes.get(exit), x, seen);
      best = here.beats(best) ? here : best;
    }
    return best;
  }

  private static Choice fastest(List<Priced> routes, double x, Observation seen) {
    Priced best = routes.get(0);
    for (Priced route : routes) {
      if (route.secondsAt(x) < best.secondsAt(x)) {
        best = route;
      }
    }
    double seconds = best.secondsAt(x);
    return new Choice(best, seconds, seconds <= seen.demand().deadlineSeconds());
  }
}
