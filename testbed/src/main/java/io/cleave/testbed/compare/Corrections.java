package io.cleave.testbed.compare;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
      List<List<Stage>> legs = frame.promise().plan().legs();
      DnnGraph graph = scenario.graph();
      double near = frame.parts().device();
      add(device, near, seconds(legs.get(0), frame, graph, scenario.device()));
      // With two servers or one that was left, it is not known who took which share of the time.
      if (legs.size() == 2 && !frame.ending().byDevice()) {
        int server = legs.get(1).get(0).node() - 1;
        Machine machine = scenario.servers().get(server).machine();
        double far = frame.parts().remote();
        add(servers.get(server), far, seconds(legs.get(1), frame, graph, machine));
      }
    }
    return new Corrections(factor(device), servers.stream().map(Corrections::factor).toList());
  }

  /** Predicted for the stages of a leg that the frame came to before it left. */
  private static double seconds(
      List<Stage> leg, MeasuredFrame frame, DnnGraph graph, Machine machine) {
    LayerTimes times = machine.profile().times(graph);
    LayerSet skipped = skipped(frame, graph);
    return leg.stream()
        .filter(stage -> !stage.layers().intersects(skipped))
        .mapToDouble(stage -> times.run(stage.layers()))
        .sum();
  }

  /** Layers behind the exit at which a frame left. */
  private static LayerSet skipped(MeasuredFrame frame, DnnGraph graph) {
    Optional<ExitRule> rule = frame.promise().plan().exits();
    if (rule.isEmpty() || frame.answer().exit().isEmpty()) {
      return LayerSet.of();
    }
    int left = frame.answer().exit().getAsInt() - 1;
    List<Integer> exits = rule.get().exits();
    List<LayerSet> segments = Plan.segments(graph, rule.get());
    return IntStream.range(0, exits.size())
        .filter(place -> exits.get(place) > left)
        .mapToObj(segments::get)
        .reduce(LayerSet.of(), LayerSet::union);
  }

  private static void add(Sample ratios, double measured, double predicted) {
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
