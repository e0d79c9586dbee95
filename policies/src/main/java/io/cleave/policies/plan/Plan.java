package io.cleave.policies.plan;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import java.util.List;

/**
 * How one frame is run: every layer once, in stages, first to last.
 *
 * @param stages the first holds layer 0, the input, and is on the device
 * @param codec form of the tensors between stages
 * @param hedge when the device carries on alone; {@link Hedge#NEVER} for a plan that is all local
 */
public record Plan(List<Stage> stages, Codec codec, Hedge hedge) {
  public Plan {
    stages = List.copyOf(stages);
    if (stages.isEmpty()
        || stages.get(0).node() != Stage.DEVICE
        || !stages.get(0).layers().contains(0)) {
      throw new IllegalArgumentException(
          "The first stage must hold the input and be on the device.");
    }
  }

  /** Everything on the device. */
  public static Plan local(DnnGraph graph) {
    return new Plan(List.of(new Stage(Stage.DEVICE, graph.all())), Codec.FP32, Hedge.NEVER);
  }

  /** The near layers on the device, the rest on a server; all local if there is no rest. */
  public static Plan split(DnnGraph graph, LayerSet near, int node) {
    LayerSet far = graph.all().minus(near);
    return far.isEmpty()
        ? local(graph)
        : new Plan(
            List.of(new Stage(Stage.DEVICE, near), new Stage(node, far)), Codec.FP32, Hedge.NEVER);
  }

  public Plan with(Hedge newHedge) {
    return new Plan(stages, codec, newHedge);
  }

  public Plan with(Codec newCodec) {
    return new Plan(stages, newCodec, hedge);
  }

  public boolean isLocal() {
    return stages.stream().allMatch(stage -> stage.node() == Stage.DEVICE);
  }

  /** The layers that the device runs before anything crosses. */
  public LayerSet near() {
    return stages.get(0).layers();
  }
}
