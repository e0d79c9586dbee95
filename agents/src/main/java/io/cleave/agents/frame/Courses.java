package io.cleave.agents.frame;

import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Works plans out for this device and its network, and refuses those that cannot be run. */
final class Courses {
  private static final LinkState ANY_LINK =
      new LinkState(new Bandwidth(1), new Bandwidth(1), 0, RateError.NONE);
  private static final Demand ANY_DEMAND = new Demand(1, Double.POSITIVE_INFINITY, 0);

  private final DnnGraph graph;
  private final DeviceClass deviceClass;
  private final LayerTimes times;

  Courses(DnnGraph graph, DeviceClass deviceClass) {
    this.graph = graph;
    this.deviceClass = deviceClass;
    this.times = deviceClass.profile().times(graph);
  }

  /** Everything on the device, in one run. */
  Course safe() {
    Plan plan = Plan.local(graph);
    PlanTable.Entry entry = new PlanTable.Entry(plan, times.run(graph.all()), 0);
    return course(entry, List.of());
  }

  /**
   * Every entry of a decision's table.
   *
   * @throws IllegalArgumentException if a plan does not fit the network, names a server that the
   *     decision does not, or would let two servers talk to each other
   */
  Map<PlanTable.Entry, Course> of(Decision decision) {
    Map<PlanTable.Entry, Course> courses = new LinkedHashMap<>();
    for (PlanTable.Entry entry : decision.table().entries()) {
      courses.put(entry, course(entry, decision.servers()));
    }
    return courses;
  }

  /** Seconds of a run on a machine of the device's class. */
  double classSeconds(LayerSet layers) {
    return times.run(layers);
  }

  private Course course(PlanTable.Entry entry, List<String> servers) {
    Plan plan = entry.plan();
    Itinerary itinerary = Itinerary.of(plan, observation(servers));
    List<Part> legs = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      legs.add(
          stage.node() == Stage.DEVICE
              ? Part.here(stage.layers())
              : Part.at(servers.get(stage.node() - 1), stage.layers()));
    }
    LayerSet rest = graph.all().minus(plan.near());
    double near = times.run(plan.near());
    return new Course(entry, legs, rest, near, itinerary.localRestSeconds());
  }

  /** So that the one who prices plans also says which ones are none. */
  private Observation observation(List<String> servers) {
    List<ServerState> states = new ArrayList<>();
    servers.forEach(name -> states.add(new ServerState(node(name), ANY_LINK)));
    if (states.isEmpty()) { // an observation needs one; a plan that uses it will not find its name
      states.add(new ServerState(node("nobody"), ANY_LINK));
    }
    return new Observation(graph, node("device"), deviceClass.energy(), states, ANY_DEMAND);
  }

  private NodeState node(String name) {
    return new NodeState(name, times, 0);
  }
}
