package io.cleave.policies.exits;

import io.cleave.policies.exits.Route.Priced;
import java.util.ArrayList;
import java.util.List;

/**
 * For every uplink rate the fastest route to the deepest exit that is in time, or the fastest of
 * all if none is.
 *
 * <p>An exit's least latency as a function of x = seconds per bit is the lower envelope of its
 * routes' lines, which never falls; so an exit is in time up to one x, where the last of its lines
 * meets the deadline. Behind the last such x no exit is, and all routes together make one envelope.
 *
 * <p>Complexity: O(routes x entries) time.
 */
final class DeadlineTable {
  private final List<Priced> entries = new ArrayList<>();
  private final List<Double> breakpoints = new ArrayList<>(); // where entry i + 1 takes over

  private DeadlineTable() {}

  /**
   * @param routes for each exit, the earliest first; one at least of each sends nothing
   */
  static DeadlineTable of(List<List<Priced>> routes, double deadlineSeconds) {
    DeadlineTable table = new DeadlineTable();
    List<Priced> all = new ArrayList<>();
    double from = 0;
    for (int exit = routes.size() - 1; exit >= 0; exit--) {
      double until = inTimeUntil(routes.get(exit), deadlineSeconds);
      if (until > from) {
        table.follow(routes.get(exit), from, until);
        from = until;
      }
      all.addAll(routes.get(exit));
    }
    if (from < Double.POSITIVE_INFINITY) {
      table.follow(all, from, Double.POSITIVE_INFINITY);
    }
    return table;
  }

  List<Priced> entries() {
    return List.copyOf(entries);
  }

  /** Ascending seconds per bit. */
  double[] breakpoints() {
    return breakpoints.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The slowest link, as seconds per bit, over which a route is in time; below 0 if over none. */
  private static double inTimeUntil(List<Priced> routes, double deadline) {
    double until = -1;
    for (Priced route : routes) {
      double left = deadline - route.fixedSeconds();
      if (left >= 0 && route.fixedSeconds() < Double.POSITIVE_INFINITY) {
        until =
            Math.max(
                until,
                route.uplinkBits() == 0 ? Double.POSITIVE_INFINITY : left / route.uplinkBits());
      }
    }
    return until;
  }

  /** Adds the lower envelope of routes over an interval of x, from line to ever flatter line. */
  private void follow(List<Priced> routes, double from, double until) {
    Priced here = routes.get(0);
    for (Priced route : routes) {
      double gain = here.secondsAt(from) - route.secondsAt(from);
      if (gain > 0 || (gain == 0 && route.uplinkBits() < here.uplinkBits())) {
        here = route;
      }
    }
    double at = from;
    while (at < until) {
      enter(here, at);
      Priced next = here;
      double takesOver = until;
      for (Priced route : routes) {
        if (route.uplinkBits() < here.uplinkBits()) {
          double crossing =
              (route.fixedSeconds() - here.fixedSeconds())
                  / (here.uplinkBits() - route.uplinkBits());
          boolean flatter = route.uplinkBits() < next.uplinkBits();
          if (crossing < takesOver || (crossing == takesOver && flatter)) {
            next = route;
            takesOver = crossing;
          }
        }
      }
      here = next;
      at = Math.max(at, takesOver); // rounding apart it is the latter
    }
  }

  private void enter(Priced route, double at) {
    int last = entries.size() - 1;
    if (last >= 0 && entries.get(last).route().equals(route.route())) {
      return;
    }
    boolean nowhere = last >= 0 && (at == 0 || (last > 0 && breakpoints.get(last - 1) >= at));
    if (nowhere) {
      entries.set(last, route);
    } else {
      if (last >= 0) {
        breakpoints.add(at);
      }
      entries.add(route);
    }
  }
}
