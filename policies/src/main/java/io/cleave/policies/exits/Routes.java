package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All routes through a network: every exit, every cut of the layers that lead to it. Prices them by
 * prefix sums, as the cost model does.
 *
 * <p>Complexity: once O(exits x layers x tensors) for what crosses; then O(1) a route after
 * O(layers) an exit.
 */
final class Routes {
  private final DnnGraph graph;
  private final Optional<Integer> classes;
  private final Direction direction;
  private final List<ExitPart> parts;

  private Routes(DnnGraph graph, Optional<Integer> classes, Direction direction) {
    this.graph = graph;
    this.classes = classes;
    this.direction = direction;
    this.parts = ExitPart.of(graph, classes);
  }

  static Routes of(Observation seen, Direction direction) {
    return new Routes(seen.graph(), seen.exits().map(ExitAnswers::classes), direction);
  }

  /** True if they are those of the network that is seen. */
  @SuppressWarnings("ReferenceEquality") // one network object a device; another is only slower
  boolean fit(Observation seen) {
    return graph == seen.graph() && classes.equals(seen.exits().map(ExitAnswers::classes));
  }

  /** How many exits there are; 1 for a network without. */
  int exits() {
    return parts.size();
  }

  Plan plan(Route route) {
    return parts.get(route.exit()).plan(route, direction);
  }

  /** Routes with one server's help, and the one without any first; one list for each exit. */
  List<List<Route.Priced>> priced(Observation seen, int node) {
    List<List<Route.Priced>> priced = new ArrayList<>();
    for (int exit = 0; exit < parts.size(); exit++) {
      priced.add(new Pricing(exit, seen, node).all());
    }
    return priced;
  }

  /** One exit, the device and one server. */
  private final class Pricing {
    private final int exit;
    private final int node;
    private final ExitPart part;
    private final int layers;
    private final LayerTimes near;
    private final LayerTimes far;
    private final LinkState link;
    private final double nearQueue;
    private final double farQueue;

    Pricing(int exit, Observation seen, int node) {
      this.exit = exit;
      this.node = node;
      this.part = parts.get(exit);
      this.layers = part.layers().size();
      this.near = seen.device().times().of(part.layers());
      this.far = seen.server(node).node().times().of(part.layers());
      this.link = seen.server(node).link();
      this.nearQueue = seen.device().queueSeconds();
      this.farQueue = seen.server(node).node().queueSeconds();
    }

    List<Route.Priced> all() {
      List<Route.Priced> routes = new ArrayList<>();
      Route alone = new Route(exit, Stage.DEVICE, layers);
      routes.add(new Route.Priced(alone, nearQueue + run(near, 1, layers), 0));
      boolean first = direction == Direction.DEVICE_FIRST;
      // The server runs something: behind the cut, or before it and not just the input.
      for (int cut = first ? 1 : 2; cut < (first ? layers : layers + 1); cut++) {
        routes.add(first ? deviceFirst(cut) : edgeFirst(cut));
      }
      return routes;
    }

    private Route.Priced deviceFirst(int cut) {
      double seconds = nearQueue + run(near, 1, cut) + farQueue + run(far, cut, layers);
      double up = part.upBehind(cut);
      return priced(cut, seconds + down(part.downBehind(cut)), up);
    }

    private Route.Priced edgeFirst(int cut) {
      double seconds = nearQueue + farQueue + run(far, 1, cut) + run(near, cut, layers);
      double down = down(part.downBefore(cut)) + down(part.lateBefore(cut));
      return priced(cut, seconds + down, part.upBefore(cut));
    }

    private Route.Priced priced(int cut, double seconds, double upBits) {
      double propagation = upBits > 0 ? link.rttSeconds() / 2 : 0;
      return new Route.Priced(new Route(exit, node, cut), seconds + propagation, upBits);
    }

    private double run(LayerTimes times, int from, int to) {
      return from >= to ? 0 : times.startSeconds() + times.between(from, to);
    }

    private double down(double bits) {
      return bits == 0 ? 0 : bits / link.down().bitsPerSecond() + link.rttSeconds() / 2;
    }
  }
}
