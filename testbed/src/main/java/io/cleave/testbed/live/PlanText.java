package io.cleave.testbed.live;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the stages of a frames file: {@code device:0-5|edge-1:6-12,15}. */
final class PlanText {
  private final List<String> servers;

  /**
   * @param servers by node number minus one; whoever else is named is the device
   */
  PlanText(List<String> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * The stages, first to last.
   *
   * @throws IllegalArgumentException if the text says something else
   */
  List<Stage> stages(String text) {
    List<Stage> stages = new ArrayList<>();
    for (String part : text.split("\\|", -1)) {
      int colon = part.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(
            "A stage is written like device:0-5, not \"%s\".".formatted(part));
      }
      if (part.substring(0, colon).contains("+")) {
        throw new IllegalArgumentException(
            "A stage that several machines share cannot be compared: \"%s\".".formatted(part));
      }
      int node = servers.indexOf(part.substring(0, colon)) + 1;
      stages.add(new Stage(node, layers(part.substring(colon + 1))));
    }
    return stages;
  }

  private static LayerSet layers(String text) {
    BitSet layers = new BitSet();
    for (String range : text.split(",", -1)) {
      if (!range.matches("\\d{1,6}(-\\d{1,6})?")) {
        throw new IllegalArgumentException(
            "Layers are written like 0-12,15, not \"%s\".".formatted(text));
      }
      String[] ends = range.split("-", -1);
      layers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return LayerSet.of(layers);
  }
}
