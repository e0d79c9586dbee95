package io.cleave.policies.control;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import java.util.List;

/**
 * A network of two layers whose two cuts are equally good at 5 Mbit/s, one device, two servers.
 *
 * <p>Cut A, behind layer 1: 0.05 s on the device, 250 kbit up. Cut B, behind the input: 500 kbit
 * up. The servers take no time: A costs 0.05 + 0.25/r s and B 0.5/r s at r Mbit/s, equal at r = 5.
 * Local takes 10 s more.
 */
final class Crossing {
  static final DnnGraph GRAPH =
      new DnnGraph(
          "crossing",
          List.of(layer(0, List.of()), layer(1, List.of(0)), layer(2, List.of(1))),
          List.of(tensor(0, 62_500), tensor(1, 31_250), tensor(2, 1)),
          List.of(2));

  static final Plan A = Plan.split(GRAPH, LayerSet.range(0, 2), 1);
  static final Plan B = Plan.split(GRAPH, LayerSet.range(0, 1), 1);

  static final Site SITE =
      new Site(
          List.of(
              new Site.Device(
                  "camera",
                  graph -> LayerTimes.of(new double[] {0, 0.05, 10}, 0),
                  new EnergyModel(5, 1, new Radio(0, 0, 0)),
                  GRAPH,
                  new Demand(10, Double.POSITIVE_INFINITY, 0))),
          List.of(
              new Site.Server("near", graph -> LayerTimes.of(new double[3], 0)),
              new Site.Server("far", graph -> LayerTimes.of(new double[3], 0))));

  private Crossing() {}

  /** A below 5 Mbit/s and B above, as one table. */
  static PlanTable table(int node) {
    return PlanTable.of(
        List.of(
            new PlanTable.Entry(Plan.split(GRAPH, B.near(), node), 0, 500e3),
            new PlanTable.Entry(Plan.split(GRAPH, A.near(), node), 0.05, 250e3)),
        new double[] {1 / 5e6});
  }

  /** Answers with the best cut for the reported rate only, to the first server in reach. */
  static Planner pointwise() {
    return observation -> PlanTable.constant(table(1).at(observation.server(1).link().up()));
  }

  /** Answers with both cuts. */
  static Planner tabular() {
    return observation -> table(1);
  }

  static Report device(long sequence, double mbps, String... servers) {
    List<LinkReport> links =
        List.of(servers).stream()
            .map(server -> new LinkReport(server, mbps * 1e6, 1e9, 0, List.of(1.0)))
            .toList();
    return new Report("camera", new Stamp(1, sequence), LoadReport.IDLE, links, List.of(), 0);
  }

  static Report server(String name, long sequence) {
    return new Report(name, new Stamp(1, sequence), LoadReport.IDLE, List.of(), List.of(), 0);
  }

  private static Layer layer(int index, List<Integer> inputs) {
    LayerKind kind = index == 0 ? LayerKind.INPUT : LayerKind.CONVOLUTION;
    return new Layer("layer" + index, kind.name(), kind, Work.NONE, inputs, List.of(index));
  }

  private static Tensor tensor(int producer, long bytes) {
    return new Tensor("tensor" + producer, TensorShape.of(bytes), ElementType.UINT8, producer);
  }
}
