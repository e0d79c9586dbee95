package io.cleave.testbed.compare;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.live.MeasuredFrame;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By how much machines were slower than their classes: the median of measured over predicted runs.
 * A machine that kept its class's pace has about 1; one that this computer cannot play fast enough
 * has more. A machine that ran nothing is taken at its word.
 *
 * @param device factor of the device
 * @param servers factor of each server, by node number minus one
 */
public record Corrections(double device, List<Double> servers) {
  public Corrections {
    servers = List.copyOf(servers);
  }

  /** Of the frames of one run. */
  static Corrections of(List<MeasuredFrame> frames, Scenario scenario) {
    Sample device = new Sample();
    List<Sample> servers = Stream.generate(Sample::new).limit(scenario.servers().size()).toList();
    for (MeasuredFrame frame : frames) {
      List<Stage> stages = frame.promise().plan().stages();
      add(device, frame.parts().device(), stages.get(0), scenario.graph(), scenario.device());
      // With two servers or one that was left, it is not known who took which share of the time.
      if (stages.size() == 2 && !frame.ending().byDevice()) {
        int server = stages.get(1).node() - 1;
        Machine machine = scenario.servers().get(server).machine();
        add(servers.get(server), frame.parts().remote(), stages.get(1), scenario.graph(), machine);
      }
    }
    return new Corrections(factor(device), servers.stream().map(Corrections::factor).toList());
  }

  private static void add(
      Sample ratios, double measured, Stage stage, DnnGraph graph, Machine machine) {
    LayerTimes times = machine.profile().times(graph);
    double predicted = times.run(stage.layers());
    if (predicted > 0 && measured > 0) {
      ratios.add(measured / predicted);
    }
  }

  private static double factor(Sample ratios) {
    return ratios.size() == 0 ? 1 : ratios.percentile(0.5);
  }

  /** The same scenario with machines as fast as they were. */
  Scenario applied(Scenario scenario) {
    List<RemoteMachine> slower = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      RemoteMachine server = scenario.servers().get(i);
      slower.add(
          new RemoteMachine(
              scaled(server.machine(), servers.get(i)), server.link(), server.load()));
    }
    return new Scenario(
        scenario.graph(),
        scaled(scenario.device(), device),
        slower,
        scenario.workload(),
        scenario.reporting(),
        scenario.exits());
  }

  private static Machine scaled(Machine machine, double factor) {
    return new Machine(
        machine.name(), graph -> machine.profile().times(graph).scaled(factor), machine.power());
  }

  /** As result files have it: the device's, then each server's. */
  String text() {
    return Stream.concat(Stream.of(device), servers.stream())
        .map(factor -> Fixed.text(factor, 3))
        .collect(Collectors.joining(" "));
  }
}
