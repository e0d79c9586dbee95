package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What planners really answer can be written, over dead links and crawling ones too. */
class PlannedDecisionsTest {
  private static final double[] UP_BITS_PER_SECOND = {0, 1e-6, 1e4, 1e7, 1e12};
  private static final double[] DOWN_BITS_PER_SECOND = {0, 1e-6, 1e7};
  private static final Instant NOW = RandomMessages.NOW;

  static Stream<String> planners() {
    PlannerCatalog catalog = PlannerCatalog.standard();
    return catalog.names().stream().filter(name -> !catalog.byFrame(PlannerSpec.parse(name)));
  }

  @ParameterizedTest
  @MethodSource("planners")
  void everyDecisionTravels(String name) {
    Planner planner = PlannerCatalog.standard().create(PlannerSpec.parse(name));
    for (Zoo network : List.of(Zoo.RESNET18, Zoo.GOOGLENET)) {
      for (double up : UP_BITS_PER_SECOND) {
        for (double down : DOWN_BITS_PER_SECOND) {
          Observation seen = observation(network.graph(), new Bandwidth(up), new Bandwidth(down));
          Decision decision = decision(planner.plan(seen), seen);
          Decision read = WireJson.readDecision(WireJson.write(decision, NOW), NOW);
          assertThat(read.table().entries()).isEqualTo(decision.table().entries());
          assertThat(read.table().breakpoints()).isEqualTo(decision.table().breakpoints());
          assertThat(read.grounds()).isEqualTo(decision.grounds());
        }
      }
    }
  }

  private static Decision decision(PlanTable table, Observation seen) {
    Bandwidth up = seen.server(1).link().up();
    Estimate estimate = CostModel.estimate(table.at(up).plan(), seen);
    return new Decision(
        "camera-1",
        1,
        List.of("edge-1"),
        table,
        NOW.plusSeconds(10),
        new Decision.Grounds(Reason.FIRST, "", estimate));
  }

  private static Observation observation(DnnGraph graph, Bandwidth up, Bandwidth down) {
    NodeState device =
        new NodeState("camera-1", DeviceClass.RASPBERRY_PI_3B.profile().times(graph), 0.01);
    NodeState server = new NodeState("edge-1", DeviceClass.DESKTOP.profile().times(graph), 0.02);
    LinkState link = new LinkState(up, down, 0.03, new RateError(List.of(0.0, 0.5, 1.0, 1.5)));
    return new Observation(
        graph,
        device,
        DeviceClass.RASPBERRY_PI_3B.energy(Radio.CELLULAR_4G),
        List.of(new ServerState(server, link)),
        new Demand(0.45, 2, 0.1));
  }
}
