package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plans of the published methods, run stage by stage: the answers are the whole network's, to
 * 1e-5 of the largest value. Images are small where the network allows, to save time.
 */
final class PlansOnRealSlicesTest {
  private static final List<String> PLANNERS =
      List.of("dads-light", "dads-heavy", "qdmp", "neurosurgeon", "jointdnn");
  private static final List<DeviceClass> DEVICES =
      List.of(DeviceClass.RASPBERRY_PI_3B, DeviceClass.JETSON_NANO);
  private static final double[] MBPS = {0.1, 1.5, 3, 5, 7, 10, 14, 20, 40, 70, 200};
  private static final double WITHIN = 1e-5;

  /** Enough for a few slices of AlexNet, most of whose 244 MB lie behind every cut. */
  private static final SliceLimits LIMITS = new SliceLimits(16, 600L << 20, 1);

  @TempDir Path folder;
  private SliceLibrary library;

  @BeforeEach
  void open() {
    library = new SliceLibrary(LIMITS);
  }

  @AfterEach
  void close() {
    library.close();
  }

  @Test
  void alexNet() {
    Model model = new ModelStore(folder).open("zoo:alexnet", Map.of());
    Set<List<LayerSet>> ways = planned(model.graph());
    assertThat(ways).hasSizeGreaterThanOrEqualTo(4);
    checkAll(model, ways);
  }

  @Test
  void resNet18() {
    Model model = small("zoo:resnet18");
    Set<List<LayerSet>> ways = planned(model.graph());
    assertThat(ways).hasSizeGreaterThanOrEqualTo(4);
    assertThat(ways).as("back and forth").anyMatch(stages -> stages.size() > 2);
    checkAll(model, ways);
    checkAll(model, wide(model.graph()));
  }

  @Test
  void googLeNet() {
    Model model = small("zoo:googlenet");
    Set<List<LayerSet>> ways = planned(model.graph());
    assertThat(ways).hasSizeGreaterThanOrEqualTo(3);
    assertThat(ways)
        .as("a planned cut through a module of branches")
        .anyMatch(stages -> crossing(model.graph(), stages) >= 2);
    checkAll(model, ways);
    checkAll(model, wide(model.graph()));
  }

  @Test
  void mobileNetV2() {
    Model model = small("zoo:mobilenetv2");
    Set<List<LayerSet>> ways = planned(model.graph());
    assertThat(ways).hasSizeGreaterThanOrEqualTo(4);
    checkAll(model, ways);
    checkAll(model, wide(model.graph()));
  }

  private Model small(String source) {
    return new ModelStore(folder).open(source, Map.of("input", TensorShape.of(1, 3, 64, 64)));
  }

  /** What the methods say for several devices and rates; each way once. */
  private static Set<List<LayerSet>> planned(DnnGraph graph) {
    Set<List<LayerSet>> ways = new LinkedHashSet<>();
    for (String name : PLANNERS) {
      Planner planner = PlannerCatalog.standard().create(PlannerSpec.parse(name));
      for (DeviceClass device : DEVICES) {
        for (double mbps : MBPS) {
          Observation seen = observation(graph, device, mbps);
          Plan plan = planner.plan(seen).at(Bandwidth.mbps(mbps)).plan();
          ways.add(plan.stages().stream().map(Stage::layers).toList());
        }
      }
    }
    return ways;
  }

  private static Observation observation(DnnGraph graph, DeviceClass device, double mbps) {
    LinkState link =
        new LinkState(Bandwidth.mbps(mbps), Bandwidth.mbps(2 * mbps), 0.01, RateError.NONE);
    NodeState near = new NodeState("device", device.profile().times(graph), 0);
    NodeState far = new NodeState("server", DeviceClass.DESKTOP.profile().times(graph), 0);
    return new Observation(
        graph,
        near,
        device.energy(),
        List.of(new ServerState(far, link)),
        new Demand(1, Double.POSITIVE_INFINITY, 0));
  }

  /** Some cuts of two and more tensors, spread over the network. */
  private static Set<List<LayerSet>> wide(DnnGraph graph) {
    List<List<LayerSet>> all = new ArrayList<>();
    LegalCuts.forEach(
        graph,
        near -> {
          List<LayerSet> stages = List.of(near, graph.all().minus(near));
          if (crossing(graph, stages) >= 2) {
            all.add(stages);
          }
        });
    assertThat(all).isNotEmpty();
    Set<List<LayerSet>> some = new LinkedHashSet<>();
    for (int i = 0; i < 6; i++) {
      some.add(all.get(i * (all.size() - 1) / 5));
    }
    return some;
  }

  private static int crossing(DnnGraph graph, List<LayerSet> stages) {
    return graph.cut(stages.get(0)).tensors().size();
  }

  private void checkAll(Model model, Set<List<LayerSet>> ways) {
    Stages stages = new Stages(library, model);
    List<TensorValue> input = List.of(Floats.noise(model.graph().tensor(0), 11));
    List<TensorValue> whole = stages.whole(input);
    for (List<LayerSet> way : ways) {
      List<TensorValue> answers = stages.run(way, input);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(Floats.relativeDifference(whole.get(i), answers.get(i)))
            .as("%s of %s in stages %s", whole.get(i).name(), model.graph().name(), way)
            .isLessThanOrEqualTo(WITHIN);
      }
    }
  }
}
