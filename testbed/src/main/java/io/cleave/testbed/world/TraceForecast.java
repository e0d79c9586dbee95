package io.cleave.testbed.world;

import io.cleave.policies.baseline.Forecast;
import io.cleave.policies.plan.Plan;
import io.cleave.traces.Capacity;
import java.util.Arrays;
import java.util.List;

/**
 * What will become of the frame that is about to start, from the recordings themselves: each leg
 * begins when the frame before it has left that link or server.
 *
 * <p>Exact for frames that go to a server once and come back, since those keep their order on every
 * resource. For plans that go back and forth, later legs wait for all that was promised to earlier
 * frames, and the device is taken to be free for them, as for its pieces of shared legs; for plans
 * with a hedge, the hedge runs on time. What other devices will begin later is not known: they may
 * be first at a server.
 */
final class TraceForecast implements Forecast {
  private final Clock clock;
  private final PlanBook book;
  private final Road[] roads;
  private double arrivalSeconds;

  /** A server and its link, and until when earlier frames will use them. */
  private static final class Road {
    final Capacity up;
    final Capacity down;
    final CallBytes calls;
    final Remote.Trip trip;
    final Bookings processor;
    double upFree;
    double downFree;

    Road(RemoteMachine server, Bookings processor) {
      this.up = server.link().up();
      this.down = server.link().down();
      this.calls = server.calls();
      this.trip = new Remote.Trip(server.link().roundTrip(), server.link().periodSeconds());
      this.processor = processor;
    }
  }

  /**
   * @param processors [server] which forecasts for other devices may share
   */
  TraceForecast(Clock clock, PlanBook book, Scenario scenario, List<Bookings> processors) {
    this.clock = clock;
    this.book = book;
    this.roads = new Road[processors.size()];
    for (int i = 0; i < roads.length; i++) {
      roads[i] = new Road(scenario.servers().get(i), processors.get(i));
    }
  }

  /** The frame about to start came in then. */
  void frame(double arrived) {
    arrivalSeconds = arrived;
    for (Road road : roads) {
      road.processor.forget(clock.now());
    }
  }

  @Override
  public double latencySeconds(Plan plan) {
    return finish(book.of(plan), false) - arrivalSeconds;
  }

  /** The frame starts under this plan: later ones will find its places taken. */
  void commit(CompiledPlan plan) {
    finish(plan, true);
  }

  /** When work that were sent to a server now could begin there. */
  double cpuFree(int server) {
    return roads[server].processor.last();
  }

  private double finish(CompiledPlan plan, boolean commit) {
    double t = clock.now();
    boolean crossed = false;
    for (int hop = 0; hop < plan.kinds.length; hop++) {
      if (plan.kinds[hop] == CompiledPlan.ON_DEVICE) {
        t += plan.amounts[hop];
      } else if (plan.kinds[hop] == CompiledPlan.SHARED) {
        crossed = true;
        t = shared(plan, hop, t, commit);
      } else {
        crossed = true;
        t = leg(plan, hop, t, commit);
      }
    }
    double hedge = clock.now() + plan.nearSeconds + plan.hedgeDelay;
    return crossed && hedge < t ? Math.min(t, hedge + plan.restSeconds) : t;
  }

  /** The last piece counts; what the device would do about a late one is left out. */
  private double shared(CompiledPlan plan, int hop, double begins, boolean commit) {
    if (plan.rounds.get(hop).isPresent()) {
      return inRounds(plan.rounds.get(hop).get(), begins, commit);
    }
    double last = begins + plan.amounts[hop];
    for (CompiledPlan piece : plan.pieces[hop]) {
      double t = begins;
      for (int leg = 0; leg < piece.kinds.length; leg++) {
        t = leg(piece, leg, t, commit);
      }
      last = Math.max(last, t);
    }
    return last;
  }

  /** Round by round; what is handed over crosses in the order in which it is listed. */
  private double inRounds(CompiledRounds rounds, double begins, boolean commit) {
    double[] now = new double[rounds.shares()];
    int[] leg = new int[rounds.shares()];
    Arrays.fill(now, begins);
    for (int round = 0; round <= rounds.exchanges(); round++) {
      for (int share = 0; share < now.length; share++) {
        CompiledPlan way = rounds.way(share);
        while (leg[share] < way.kinds.length && way.kinds[leg[share]] != CompiledPlan.AWAIT) {
          now[share] = step(way, leg[share], now[share], commit);
          leg[share]++;
        }
        leg[share]++;
      }
      double[] made = now.clone();
      for (int share = 0; share < now.length && round < rounds.exchanges(); share++) {
        for (CompiledRounds.Handed handed : rounds.handed(round, share)) {
          double there = leg(handed.way(), 0, made[share], commit);
          now[handed.to()] = Math.max(now[handed.to()], there);
        }
      }
    }
    return Arrays.stream(now).max().orElse(begins);
  }

  private double step(CompiledPlan way, int hop, double arrives, boolean commit) {
    return way.kinds[hop] == CompiledPlan.ON_DEVICE
        ? arrives + way.amounts[hop]
        : leg(way, hop, arrives, commit);
  }

  private double leg(CompiledPlan plan, int hop, double arrives, boolean commit) {
    Road road = roads[plan.servers[hop]];
    double amount = plan.amounts[hop];
    if (plan.kinds[hop] == CompiledPlan.ON_SERVER) {
      return commit ? road.processor.book(arrives, amount) : road.processor.end(arrives, amount);
    }
    boolean up = plan.kinds[hop] == CompiledPlan.UP;
    double ready = arrives + plan.codecSeconds[hop];
    double begin = Math.max(ready, up ? road.upFree : road.downFree);
    double besides = up ? road.calls.upBits() : road.calls.downBits();
    double end = (up ? road.up : road.down).finish(begin, amount + besides);
    if (commit && up) {
      road.upFree = end;
    } else if (commit) {
      road.downFree = end;
    }
    return end + road.trip.seconds(end) / 2;
  }
}
