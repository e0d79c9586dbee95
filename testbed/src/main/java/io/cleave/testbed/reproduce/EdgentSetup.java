package io.cleave.testbed.reproduce;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.FittedProfile;
import io.cleave.policies.profile.FittedProfile.Measured;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.units.Bandwidth;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The set-up of Li et al. (Edgent): a Raspberry Pi beside a desktop, AlexNet with five exits, slow
 * links, deadlines. That the prototype was these two machines is read in the abstract; network,
 * rates and deadlines are from memory and used as settings.
 *
 * <p>Layer times come from the device classes; planners may see them, or what regressions predict
 * that were fitted to the zoo's other networks, as in the paper.
 */
final class EdgentSetup {
  static final DeviceClass DEVICE = DeviceClass.RASPBERRY_PI_3B;
  static final DeviceClass EDGE = DeviceClass.DESKTOP;
  private static final int CLASSES = 10;

  private final DnnGraph graph = Zoo.ALEXNET_EXITS.graph();
  private final LayerProfile device;
  private final LayerProfile edge;
  private final double slowdown;
  private final ExitAnswers answers;

  private EdgentSetup(
      LayerProfile device, LayerProfile edge, double slowdown, ExitAnswers answers) {
    this.device = device;
    this.edge = edge;
    this.slowdown = slowdown;
    this.answers = answers;
  }

  /**
   * The machines' own times.
   *
   * @param slowdown of both machines against their classes
   */
  static EdgentSetup measured(double slowdown, Optional<ExitAnswers> answers) {
    return new EdgentSetup(DEVICE.profile(), EDGE.profile(), slowdown, answers.orElse(unknown()));
  }

  /** The same as regressions predict them. */
  static EdgentSetup predicted(double slowdown, Optional<ExitAnswers> answers) {
    return new EdgentSetup(fitted(DEVICE), fitted(EDGE), slowdown, answers.orElse(unknown()));
  }

  /** A regression on the times of every network of the zoo but AlexNet with exits. */
  static FittedProfile fitted(DeviceClass machine) {
    return FittedProfile.of(
        Stream.of(Zoo.values())
            .filter(zoo -> !zoo.small() && zoo != Zoo.ALEXNET_EXITS)
            .map(zoo -> Measured.of(zoo.graph(), machine.profile()))
            .toList());
  }

  /** Answers of an untrained network: one image, and no exit is right. */
  private static ExitAnswers unknown() {
    Answers wrong = new Answers(new float[1], new float[1], new boolean[1]);
    int exits = Zoo.ALEXNET_EXITS.graph().outputs().size();
    return new ExitAnswers(CLASSES, Collections.nCopies(exits, wrong));
  }

  DnnGraph graph() {
    return graph;
  }

  int exits() {
    return graph.outputs().size();
  }

  /** At a rate, the same both ways, and without a round trip: the two machines share a room. */
  Observation observation(double kbps, double deadlineSeconds) {
    Bandwidth rate = new Bandwidth(kbps * 1e3);
    LinkState link = new LinkState(rate, rate, 0, RateError.NONE);
    NodeState server = new NodeState(EDGE.id(), edge.times(graph).scaled(slowdown), 0);
    return new Observation(
        graph,
        new NodeState(DEVICE.id(), device.times(graph).scaled(slowdown), 0),
        DEVICE.energy(),
        List.of(new ServerState(server, link)),
        new Demand(1, deadlineSeconds, 0),
        Optional.of(answers));
  }

  /** Seconds of the device alone as far as an exit. */
  double deviceAloneSeconds(int exit) {
    Observation seen = observation(1, 1);
    return CostModel.estimate(Plan.local(graph, ExitRule.only(CLASSES, exit)), seen).seconds();
  }

  ExitRule only(int exit) {
    return ExitRule.only(CLASSES, exit);
  }
}
