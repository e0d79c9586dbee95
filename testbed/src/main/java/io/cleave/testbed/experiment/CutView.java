package io.cleave.testbed.experiment;

import io.cleave.policies.graph.Cut;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How result files name a plan.
 *
 * @param label {@code local}, {@code remote}, or the last layer before each crossing; {@code +2}
 *     behind it means that two more tensors cross with that layer's
 * @param nearShare layers on the device before anything crosses: 0 for none, 1 for all
 * @param crossingBytes that the first crossing sends by plan
 * @param node {@code device}, or the servers that take part
 */
public record CutView(String label, double nearShare, double crossingBytes, String node) {
  /**
   * Names a plan.
   *
   * @param servers names by node number minus one
   */
  public static CutView of(DnnGraph graph, Plan plan, List<String> servers) {
    if (plan.isLocal()) {
      return new CutView("local", 1, 0, "device");
    }
    Cut cut = graph.cut(plan.near());
    String node =
        plan.stages().stream()
            .map(Stage::node)
            .filter(place -> place != Stage.DEVICE)
            .distinct()
            .map(place -> servers.get(place - 1))
            .collect(Collectors.joining("+"));
    return new CutView(
        label(graph, plan, cut),
        (plan.near().size() - 1.0) / Math.max(1, graph.size() - 1),
        cut.size().bytes() * plan.codec().sizeFactor(),
        node);
  }

  private static String label(DnnGraph graph, Plan plan, Cut cut) {
    List<Stage> before = plan.stages().subList(0, plan.stages().size() - 1);
    if (before.size() == 1 && plan.near().size() == 1) {
      return "remote";
    }
    String layers =
        before.stream()
            .map(stage -> graph.layer(last(stage.layers())).name())
            .collect(Collectors.joining(" > "));
    int more = cut.tensors().size() - 1;
    return more == 0 ? layers : layers + " +" + more;
  }

  private static int last(LayerSet layers) {
    return layers.stream().max().orElseThrow();
  }
}
