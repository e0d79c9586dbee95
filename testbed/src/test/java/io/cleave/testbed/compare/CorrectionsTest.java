package io.cleave.testbed.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.live.MeasuredFrame;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.world.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CorrectionsTest {
  private static final Scenario SCENARIO = scenario();
  private static final DnnGraph GRAPH = SCENARIO.graph();

  private static Scenario scenario() {
    Experiment experiment =
        ExperimentFile.standard(
            new Setting.Fields(
                "test",
                Map.of(
                    "models", Setting.Items.of("test", List.of("zoo:small-chain")),
                    "servers", Setting.Items.of("test", List.of("desktop", "cloud-gpu")))),
            PlannerCatalog.standard());
    return experiment.scenario(cell(experiment));
  }

  private static Cell cell(Experiment experiment) {
    return new Cell(
        experiment.inputs().networks().get(0),
        experiment.inputs().traces().get(0),
        "tram",
        experiment.conduct().demands().get(0),
        PlannerSpec.parse("cleave"),
        1);
  }

  private static double seconds(DeviceClass type, LayerSet layers) {
    return type.profile().times(GRAPH).run(layers);
  }

  private static MeasuredFrame frame(Plan plan, double device, double remote, boolean hedgeWon) {
    return new MeasuredFrame(
        0,
        0,
        1,
        new MeasuredFrame.Promise(plan, 1, 1, 1e6),
        new MeasuredFrame.Bytes(0, 0),
        new MeasuredFrame.Ending(hedgeWon, false, false, 0),
        new MeasuredFrame.Parts(device, 0, 0, 0, remote, 0),
        new MeasuredFrame.Busy(device, 0),
        new MeasuredFrame.Answer(OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void medianOfMeasuredOverPredictedRunsIsEachMachinesFactor() {
    LayerSet near = LayerSet.range(0, 4);
    LayerSet far = GRAPH.all().minus(near);
    double device = seconds(DeviceClass.RASPBERRY_PI_3B, near);
    double gpu = seconds(DeviceClass.CLOUD_GPU, far);
    Plan split = Plan.split(GRAPH, near, 2);
    Corrections corrections =
        Corrections.of(
            List.of(
                frame(split, device, 9 * gpu, false),
                frame(split, 1.1 * device, 10 * gpu, false),
                frame(split, 5 * device, 99 * gpu, false),
                // The device answered: what the server did of it says nothing.
                frame(split, 1.1 * device, 0.1 * gpu, true),
                frame(split, 1.1 * device, 0.1 * gpu, true)),
            SCENARIO);
    assertThat(corrections.device()).isEqualTo(1.1, offset(1e-9));
    assertThat(corrections.servers().get(0)).isEqualTo(1); // ran nothing
    assertThat(corrections.servers().get(1)).isEqualTo(10, offset(1e-9));
    assertThat(corrections.text()).isEqualTo("1.100 1.000 10.000");
  }

  /** A frame that left on the device took the time of the layers up to there, no more. */
  @Test
  void layersBehindTheExitDoNotCount() {
    Experiment experiment =
        ExperimentFile.standard(
            new Setting.Fields(
                "test",
                Map.of(
                    "models", Setting.Items.of("test", List.of("zoo:lenet-exits")),
                    "servers", Setting.Items.of("test", List.of("desktop")))),
            PlannerCatalog.standard());
    Scenario scenario = experiment.scenario(cell(experiment));
    DnnGraph graph = scenario.graph();
    ExitRule rule = ExitRule.of(ExitSignal.ENTROPY, 10, 2, List.of(0.5));
    List<LayerSet> segments = Plan.segments(graph, rule);
    LayerTimes device = DeviceClass.RASPBERRY_PI_3B.profile().times(graph);
    LayerTimes server = DeviceClass.DESKTOP.profile().times(graph);
    Plan local = Plan.local(graph, rule);
    Plan split = Plan.split(graph, rule, segments.get(0), 1);
    double first = device.run(segments.get(0));
    double second = device.run(segments.get(1));
    Corrections corrections =
        Corrections.of(
            List.of(
                left(frame(local, 2 * first, 0, false), 1),
                left(frame(local, 2 * (first + second), 0, false), 2),
                left(frame(split, 2 * first, 0, false), 1),
                left(frame(split, 2 * first, 3 * server.run(segments.get(1)), false), 2)),
            scenario);
    assertThat(corrections.device()).isEqualTo(2, offset(1e-9));
    assertThat(corrections.servers().get(0)).isEqualTo(3, offset(1e-9));
  }

  @Test
  void longRunsSayMoreThanShortOnes() {
    double whole = seconds(DeviceClass.RASPBERRY_PI_3B, GRAPH.all());
    LayerSet near = LayerSet.range(0, 2);
    double little = seconds(DeviceClass.RASPBERRY_PI_3B, near);
    MeasuredFrame shorter = frame(Plan.split(GRAPH, near, 1), 5 * little, 0, true);
    MeasuredFrame longer = frame(Plan.local(GRAPH), 1.2 * whole, 0, false);
    assertThat(little).isLessThan(whole / 2);
    assertThat(Corrections.of(List.of(shorter, shorter, longer), SCENARIO).device())
        .isEqualTo(1.2, offset(1e-9));
  }

  private static MeasuredFrame left(MeasuredFrame frame, int exit) {
    return new MeasuredFrame(
        frame.number(),
        frame.arrivalUnixSeconds(),
        frame.latencySeconds(),
        frame.promise(),
        frame.bytes(),
        frame.ending(),
        frame.parts(),
        frame.busy(),
        new MeasuredFrame.Answer(OptionalInt.of(exit), Optional.of(true)));
  }

  @Test
  void appliedFactorsStretchTheMachinesTimes() {
    Scenario slower = new Corrections(2, List.of(1.0, 3.0)).applied(SCENARIO);
    LayerSet all = GRAPH.all();
    assertThat(slower.device().profile().times(GRAPH).run(all))
        .isEqualTo(2 * seconds(DeviceClass.RASPBERRY_PI_3B, all), offset(1e-12));
    assertThat(slower.servers().get(1).machine().profile().times(GRAPH).run(all))
        .isEqualTo(3 * seconds(DeviceClass.CLOUD_GPU, all), offset(1e-12));
    assertThat(slower.workload()).isEqualTo(SCENARIO.workload());
  }
}
