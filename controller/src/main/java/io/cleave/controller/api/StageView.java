package io.cleave.controller.api;

import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import io.cleave.transport.json.LayerRanges;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers that one machine runs in one go, or several share.
 *
 * @param node {@code device}, or a server's name; of a shared stage all, with {@code +} between
 * @param layers like 0-12,15
 */
record StageView(String node, String layers) {
  /**
   * The stages of a plan.
   *
   * @param servers names for its node numbers
   */
  static List<StageView> of(Plan plan, List<String> servers) {
    return plan.stages().stream()
        .map(stage -> new StageView(name(stage, servers), LayerRanges.format(stage.layers())))
        .toList();
  }

  private static String name(Stage stage, List<String> servers) {
    return stage.nodes().stream()
        .map(node -> node == Stage.DEVICE ? "device" : servers.get(node - 1))
        .collect(Collectors.joining("+"));
  }
}
