package io.cleave.policies.exits;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.exits.Route.Priced;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a strategy, exit and cut, until the link's rate has changed its level for good, and then
 * takes the one that is best for the new level.
 *
 * <p>Source: Li, Zeng, Zhou, Chen, "Edge AI: On-Demand Accelerating Deep Neural Network Inference
 * via Edge Computing" (Edgent), IEEE TWC 2020, arXiv 1910.05316: a map from bandwidth states to the
 * strategies of greatest reward, exp(accuracy) + 1 / latency if that is in time and 0 otherwise,
 * and {@linkplain ChangePoints Bayesian change-point detection} on the rates observed. We know it
 * from memory, but for the abstract.
 *
 * <p>Complexity: O(servers x R) a decision; a look-up O(servers x sum of the exits' layers).
 *
 * <p>Assumes: as {@link EdgentStatic}; decisions come evenly, one sample each.
 *
 * <p>Differs: (1) a state's strategy is worked out when the state is entered, from the layer times
 * reported then, and not once ahead from those of idle machines; (2) a state is the nearest rate of
 * the list to the level of the current run, read off when a change is announced and for the nine
 * samples behind, while the level becomes known; (3) if nothing is in time, the strategy of least
 * latency; (4) an outage is a state of its own, in which nothing is sent, and no sample; (5) each
 * server's link has its own state, and a server that comes or goes has strategies looked up again;
 * (6) without known accuracies all exits count the same, so that the least latency wins; (7) as
 * {@link EdgentStatic} (2) to (6).
 */
public final class EdgentDynamic implements Planner {
  /**
   * Devices of which a state is kept; of more, the one that was silent for longest is forgotten.
   */
  private static final int MOST_DEVICES = 4096;

  private final Settings settings;
  private final Map<String, Watch> watches =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Watch> eldest) {
          return size() > MOST_DEVICES;
        }
      };

  /**
   * How to plan.
   *
   * @param direction which side runs the first layers; edge first as published
   * @param states of a link for which strategies are kept
   * @param expectedRun decisions between two changes of a link on average, above 1
   */
  public record Settings(Direction direction, BandwidthStates states, double expectedRun) {}

  public EdgentDynamic(Settings settings) {
    this.settings = settings;
  }

  @Override
  public boolean knowsExits() {
    return true;
  }

  @Override
  public PlanTable plan(Observation seen) {
    Watch watch = watches.get(seen.device().name());
    if (watch == null || !watch.routes.fit(seen)) {
      watch = new Watch(Routes.of(seen, settings.direction()));
      watches.put(seen.device().name(), watch);
    }
    return PlanTable.constant(CostModel.entry(watch.routes.plan(watch.route(seen)), seen));
  }

  /** One device: its links, and the strategy that it follows. */
  private final class Watch {
    private final Routes routes;
    private final Map<String, Regime> regimes = new LinkedHashMap<>();
    private Optional<Route> strategy = Optional.empty();
    private List<String> servers = List.of();

    Watch(Routes routes) {
      this.routes = routes;
    }

    Route route(Observation seen) {
      List<String> present = seen.servers().stream().map(server -> server.node().name()).toList();
      boolean changed = strategy.isEmpty() || !present.equals(servers);
      servers = present;
      regimes.keySet().retainAll(present);
      List<Double> secondsPerBit = new ArrayList<>();
      for (ServerState server : seen.servers()) {
        Regime regime =
            regimes.computeIfAbsent(
                server.node().name(),
                name -> new Regime(settings.states(), settings.expectedRun()));
        changed |= regime.observe(server.link().up().bitsPerSecond());
        secondsPerBit.add(regime.secondsPerBit());
      }
      if (changed) {
        strategy = Optional.of(lookUp(seen, secondsPerBit));
      }
      return strategy.orElseThrow();
    }

    private Route lookUp(Observation seen, List<Double> secondsPerBit) {
      double[] accuracy = new double[routes.exits()];
      seen.exits()
          .ifPresent(
              known -> {
                for (int exit = 0; exit < accuracy.length; exit++) {
                  accuracy[exit] = known.accuracy(exit);
                }
              });
      Best best = new Best(seen.demand().deadlineSeconds());
      for (int node = 1; node <= seen.servers().size(); node++) {
        double x = secondsPerBit.get(node - 1);
        List<List<Priced>> priced = routes.priced(seen, node);
        for (int exit = accuracy.length - 1; exit >= 0; exit--) {
          for (Priced route : priced.get(exit)) {
            best.offer(route.route(), route.secondsAt(x), accuracy[exit]);
          }
        }
      }
      return best.route;
    }
  }

  /** The greatest reward, then the least latency, then the first offered. */
  private static final class Best {
    private final double deadline;
    private Route route = new Route(0, Stage.DEVICE, 0);
    private double reward = -1;
    private double seconds;

    Best(double deadline) {
      this.deadline = deadline;
    }

    void offer(Route other, double latency, double accuracy) {
      double gets = latency <= deadline ? Math.exp(accuracy) + 1 / latency : 0;
      if (gets > reward || (gets == reward && latency < seconds)) {
        route = other;
        reward = gets;
        seconds = latency;
      }
    }
  }
}
