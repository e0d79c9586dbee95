package io.cleave.testbed.world;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Demand;
import java.util.List;
import java.util.Optional;

/**
 * One cell of an experiment, planner and seed apart.
 *
 * @param graph the network to run
 * @param device where frames come in
 * @param servers that could help, at least one
 * @param workload how frames arrive and what is asked of them
 * @param reporting how stale the controller's knowledge is
 * @param exits what is known of the network's exits, if it has some
 */
public record Scenario(
    DnnGraph graph,
    Machine device,
    List<RemoteMachine> servers,
    Workload workload,
    Reporting reporting,
    Optional<ExitStudy> exits) {
  public Scenario {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("A scenario needs at least one server.");
    }
  }

  /** With a network that has no exits. */
  public Scenario(
      DnnGraph graph,
      Machine device,
      List<RemoteMachine> servers,
      Workload workload,
      Reporting reporting) {
    this(graph, device, servers, workload, reporting, Optional.empty());
  }

  /** The same for another while. */
  public Scenario lasting(double seconds) {
    return new Scenario(
        graph,
        device,
        servers,
        new Workload(workload.arrivals(), workload.demand(), seconds, workload.presence()),
        reporting,
        exits);
  }

  /**
   * What is asked.
   *
   * @param arrivals how frames come in
   * @param demand their rate, deadline and the weight of energy
   * @param seconds during which frames arrive; those under way then are still finished
   * @param presence when the device is there
   */
  public record Workload(Arrivals arrivals, Demand demand, double seconds, Presence presence) {
    public Workload {
      if (!(seconds > 0) || Double.isInfinite(seconds)) {
        throw new IllegalArgumentException(
            "A run must be finite and longer than 0 s, not %s.".formatted(seconds));
      }
      // Planners price what a busy device does to later frames by how unevenly those come.
      demand = demand.withGapVariation(arrivals == Arrivals.POISSON ? 1 : 0);
    }

    /** Of a device that is always there. */
    public Workload(Arrivals arrivals, Demand demand, double seconds) {
      this(arrivals, demand, seconds, Presence.ALWAYS);
    }

    /** How many frames come in during a run with this seed. */
    public long frames(long seed) {
      ArrivalClock clock = ArrivalClock.of(this, Cast.arrivalSeed(seed));
      while (clock.seconds() < Double.POSITIVE_INFINITY) {
        clock.advance();
      }
      return clock.count();
    }
  }
}
