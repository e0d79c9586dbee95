package io.cleave.testbed.compare;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.live.MeasuredFrame;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * By how much machines were slower than their classes: the median of measured over predicted runs,
 * each weighed by its predicted time, since the start of a short run says little of a long one. A
 * machine that kept its class's pace has about 1; one that this computer cannot play fast enough
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
    Runs device = new Runs();
    List<Runs> servers = Stream.generate(Runs::new).limit(scenario.servers().size()).toList();
    for (MeasuredFrame frame : frames) {
      List<List<Stage>> legs = frame.promise().plan().legs();
      DnnGraph graph = scenario.graph();
      double near = frame.parts().device();
      device.add(near, seconds(legs.get(0), frame, graph, scenario.device()));
      // With two servers or one that was left, it is not known who took which share of the time.
      if (legs.size() == 2 && !frame.ending().byDevice()) {
        int server = legs.get(1).get(0).node() - 1;
        Machine machine = scenario.servers().get(server).machine();
        double far = frame.parts().remote();
        servers.get(server).add(far, seconds(legs.get(1), frame, graph, machine));
      }
    }
    return new Corrections(device.factor(), servers.stream().map(Runs::factor).toList());
  }

  /** Predicted for the stages of a leg that the frame came to before it left. */
  private static double seconds(
      List<Stage> leg, MeasuredFrame frame, DnnGraph graph, Machine machine) {
    LayerTimes times = machine.profile().times(graph);
    LayerSet skipped = skipped(frame, graph);
    return leg.stream()
        .filter(stage -> !stage.layers().intersects(skipped))
        .mapToDouble(stage -> stage.seconds(graph, times))
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

  /** What a machine ran. */
  private static final class Runs {
    private final List<Run> runs = new ArrayList<>();

    private record Run(double ratio, double predicted) {}

    void add(double measured, double predicted) {
      if (predicted > 0 && measured > 0) {
        runs.add(new Run(measured / predicted, predicted));
      }
    }

    /** The ratio below which half of the predicted time lies; 1 if nothing was run. */
    double factor() {
      double half = runs.stream().mapToDouble(Run::predicted).sum() / 2;
      runs.sort(Comparator.comparingDouble(Run::ratio));
      double before = 0;
      for (Run run : runs) {
        before += run.predicted();
        if (before >= half) {
          return run.ratio();
        }
      }
      return 1;
    }
  }

  /** The same scenario with machines as fast as they were. */
  Scenario applied(Scenario scenario) {
    List<RemoteMachine> slower = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      RemoteMachine server = scenario.servers().get(i);
      slower.add(
          new RemoteMachine(
              scaled(server.machine(), servers.get(i)),
              server.link(),
              server.load(),
              server.calls()));
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
        machine.name(),
        graph -> machine.profile().times(graph).scaled(factor),
        machine.power(),
        machine.memoryBytes());
  }

  /** As result files have it: the device's, then each server's. */
  String text() {
    return Stream.concat(Stream.of(device), servers.stream())
        .map(factor -> Fixed.text(factor, 3))
        .collect(Collectors.joining(" "));
  }
}
