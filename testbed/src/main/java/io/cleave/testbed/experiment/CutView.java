package io.cleave.testbed.experiment;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How result files name a plan.
 *
 * @param label {@code local}, {@code remote}, {@code shared} if all but the input is, or the last
 *     layer before each crossing; {@code +2} behind it means that two more tensors cross with that
 *     layer's, {@code @1,3} that frames may leave at the first exit and leave at the third
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
      return new CutView("local" + exits(plan), 1, 0, "device");
    }
    List<Integer> crossing = crossing(graph, plan);
    String node =
        plan.stages().stream()
            .flatMap(stage -> stage.nodes().stream())
            .filter(place -> place != Stage.DEVICE)
            .distinct()
            .map(place -> servers.get(place - 1))
            .collect(Collectors.joining("+"));
    return new CutView(
        label(graph, plan, crossing.size()) + exits(plan),
        (plan.near().size() - 1.0) / Math.max(1, graph.size() - 1),
        crossingBytes(graph, plan, crossing),
        node);
  }

  /** What the first server reads and the device has made. */
  private static List<Integer> crossing(DnnGraph graph, Plan plan) {
    Set<Integer> tensors = new TreeSet<>();
    for (Stage stage : plan.legs().get(1)) {
      stage.layers().forEach(layer -> tensors.addAll(graph.layer(layer).inputs()));
    }
    return tensors.stream()
        .filter(tensor -> plan.near().contains(graph.tensor(tensor).producer()))
        .toList();
  }

  /** Helpers of a shared stage are sent what their pieces need, halos included. */
  private static double crossingBytes(DnnGraph graph, Plan plan, List<Integer> crossing) {
    Stage next = plan.legs().get(1).get(0);
    return next.sharing()
        .map(
            sharing ->
                sharing.shares().stream()
                    .filter(share -> share.node() != Stage.DEVICE)
                    .map(share -> Making.of(graph, next.layers(), share.piece()))
                    .mapToDouble(making -> making.inputBits() / Byte.SIZE)
                    .map(bytes -> bytes * plan.codec().sizeFactor())
                    .sum())
        .orElseGet(
            () ->
                crossing.stream()
                    .mapToDouble(tensor -> plan.codec().bits(graph.tensor(tensor)) / Byte.SIZE)
                    .sum());
  }

  private static String label(DnnGraph graph, Plan plan, int crossing) {
    List<List<Stage>> legs = plan.legs();
    if (legs.size() == 2 && plan.near().size() == 1) {
      return legs.get(1).get(0).sharing().isPresent() ? "shared" : "remote";
    }
    String layers =
        legs.subList(0, legs.size() - 1).stream()
            .map(leg -> graph.layer(last(leg.get(leg.size() - 1).layers())).name())
            .collect(Collectors.joining(" > "));
    int more = crossing - 1;
    return more == 0 ? layers : layers + " +" + more;
  }

  /** Exits are counted from 1, as people do. */
  private static String exits(Plan plan) {
    return plan.exits()
        .map(
            rule ->
                rule.exits().stream()
                    .map(exit -> Integer.toString(exit + 1))
                    .collect(Collectors.joining(",", " @", "")))
        .orElse("");
  }

  private static int last(LayerSet layers) {
    return layers.stream().max().orElseThrow();
  }
}
