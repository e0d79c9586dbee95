package io.cleave.agents.frame;

import io.cleave.agents.dnn.Step;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works plans out for this device and its network, and refuses those that cannot be run. */
final class Courses {
  private static final LinkState ANY_LINK =
      new LinkState(new Bandwidth(1), new Bandwidth(1), 0, RateError.NONE);
  private static final Demand ANY_DEMAND = new Demand(1, Double.POSITIVE_INFINITY, 0);

  private final DnnGraph graph;
  private final Optional<ExitAnswers> answers;
  private final DeviceClass deviceClass;
  private final LayerTimes times;

  /**
   * @param answers what is known of the network's exits, if its outputs are some
   */
  Courses(DnnGraph graph, Optional<ExitAnswers> answers, DeviceClass deviceClass) {
    this.graph = graph;
    this.answers = answers;
    this.deviceClass = deviceClass;
    this.times = deviceClass.profile().times(graph);
  }

  /** Everything on the device, in one run; as far as the last exit, if the outputs are exits. */
  Course safe() {
    Plan plan = Plan.local(graph, answers);
    PlanTable.Entry entry = new PlanTable.Entry(plan, times.run(plan.near()), 0);
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

  /** Of a machine of the device's class. */
  LayerTimes times() {
    return times;
  }

  private Course course(PlanTable.Entry entry, List<String> servers) {
    Plan plan = entry.plan();
    Exits exits = Exits.of(graph, plan.exits());
    Itinerary itinerary = Itinerary.of(plan, observation(servers));
    List<Leg> legs = legs(plan, exits, servers);
    return new Course(
        entry, legs, rest(plan, exits), exits, near(plan), itinerary.localRestSeconds());
  }

  /** Without exits each stage for itself, as the plan has them. */
  private List<Leg> legs(Plan plan, Exits exits, List<String> servers) {
    List<List<Stage>> legs =
        exits.none() ? plan.stages().stream().map(List::of).toList() : plan.legs();
    return legs.stream()
        .map(
            leg ->
                leg.get(0)
                    .sharing()
                    .map(sharing -> shared(leg.get(0), sharing, servers))
                    .orElseGet(() -> new Leg(name(leg.get(0).node(), servers), steps(leg, exits))))
        .toList();
  }

  private Leg shared(Stage stage, Sharing sharing, List<String> servers) {
    List<Portion> portions = new ArrayList<>();
    for (Sharing.Share share : sharing.shares()) {
      Step step = Step.piece(stage.layers(), share.piece());
      portions.add(new Portion(name(share.node(), servers), step, portions.size()));
    }
    return new Leg(
        Optional.empty(),
        List.of(Step.of(stage.layers())),
        portions,
        sharing.handout(),
        sharing.zerosAfterSeconds(),
        stage.rounds(graph));
  }

  private static Optional<String> name(int node, List<String> servers) {
    return node == Stage.DEVICE ? Optional.empty() : Optional.of(servers.get(node - 1));
  }

  private static List<Step> steps(List<Stage> stages, Exits exits) {
    return stages.stream()
        .map(
            stage ->
                new Step(
                    stage.layers(),
                    exits.madeBy(stage.layers()),
                    Optional.empty(),
                    stage.precision()))
        .toList();
  }

  /** What the device runs alone: with exits the stages after its first leg, one by one. */
  private List<Step> rest(Plan plan, Exits exits) {
    LayerSet near = plan.near();
    if (exits.none()) {
      LayerSet rest = graph.all().minus(near);
      return rest.isEmpty() ? List.of() : List.of(Step.of(rest));
    }
    return steps(
        plan.stages().stream().filter(stage -> !stage.layers().intersects(near)).toList(), exits);
  }

  private double near(Plan plan) {
    List<Stage> leg = plan.legs().get(0);
    return plan.exits().isEmpty() && leg.get(0).precision() == Precision.FLOAT32
        ? times.run(plan.near())
        : leg.stream().mapToDouble(stage -> stage.seconds(graph, times)).sum();
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
