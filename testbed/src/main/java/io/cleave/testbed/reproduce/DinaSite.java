package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.world.Arrivals;
import io.cleave.testbed.world.CallBytes;
import io.cleave.testbed.world.LoadSeries;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Reporting;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.SiteScenario;
import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The set-up of Mohammed et al. (INFOCOM 2020) as far as it can be told: users with boards of the
 * Raspberry Pi's kind that share fog nodes of the laptop's and the desktop's. How many, how fast
 * their links and how many frames are our choices.
 *
 * @param networks of which each user runs one, by turns
 * @param board of every user
 * @param fogNodes that every user reaches
 * @param linkMbps mean of the links' rates; each user's to each node is drawn between half and one
 *     and a half of it, the same both ways and at all times
 * @param framesPerSecond that come in at each user at random
 */
record DinaSite(
    List<DnnGraph> networks,
    DeviceClass board,
    List<DeviceClass> fogNodes,
    double linkMbps,
    double framesPerSecond) {
  static final int USERS = 12;

  private static final double SECONDS = 120;
  private static final double RTT_SECONDS = 0.004;
  // Links hold still: there is little news to report, and a plan in pieces takes a while to find.
  private static final Reporting REPORTING = new Reporting(10, 0.05);

  /** Draws the links; equal seeds draw equal sites. */
  SiteScenario scenario(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Scenario> users = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      users.add(user(user, random));
    }
    return new SiteScenario(users);
  }

  private Scenario user(int number, SplittableRandom random) {
    List<RemoteMachine> nodes = new ArrayList<>();
    for (DeviceClass node : fogNodes) {
      String name = "fog-" + (nodes.size() + 1);
      Trace link = constant(linkMbps * random.nextDouble(0.5, 1.5));
      nodes.add(
          new RemoteMachine(
              new Machine(name, node.profile(), node.energy()),
              link,
              LoadSeries.IDLE,
              CallBytes.NONE));
    }
    return new Scenario(
        networks.get(number % networks.size()),
        new Machine("user-" + (number + 1), board.profile(), board.energy()),
        nodes,
        new Scenario.Workload(
            Arrivals.POISSON, new Demand(framesPerSecond, Double.POSITIVE_INFINITY, 0), SECONDS),
        REPORTING);
  }

  private static Trace constant(double mbps) {
    Capacity capacity = new Capacity(new double[] {0, 10}, new double[] {1e6 * mbps});
    return new Trace("constant", "made up", capacity, capacity, RoundTrip.constant(RTT_SECONDS));
  }
}
