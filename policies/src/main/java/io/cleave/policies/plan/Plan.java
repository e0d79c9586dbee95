package io.cleave.policies.plan;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one frame is run: every layer once, in stages, first to last. With exits, only the layers
 * that lead to them; a stage ends where an exit is made, and a frame that is sure enough there
 * leaves, on whichever machine it is.
 *
 * @param stages the first holds layer 0, the input, and is on the device
 * @param codec form of the tensors between stages
 * @param hedge when the device carries on alone; {@link Hedge#NEVER} for a plan that is all local
 * @param exits at which frames may leave; empty for a network that answers with all its outputs
 */
public record Plan(List<Stage> stages, Codec codec, Hedge hedge, Optional<ExitRule> exits) {
  public Plan {
    stages = List.copyOf(stages);
    if (stages.isEmpty()
        || stages.get(0).node() != Stage.DEVICE
        || !stages.get(0).layers().contains(0)) {
      throw new IllegalArgumentException(
          "The first stage must hold the input and be on the device.");
    }
  }

  /** A plan whose network answers with all its outputs. */
  public Plan(List<Stage> stages, Codec codec, Hedge hedge) {
    this(stages, codec, hedge, Optional.empty());
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

  /**
   * A plan with exits: the near layers on the device, the rest on a server, in stages that each end
   * at an exit or where the server takes over.
   *
   * @param near layers; those that lead to no exit are left out
   * @throws IllegalArgumentException if the device would run layers behind an exit that the server
   *     makes
   */
  public static Plan split(DnnGraph graph, ExitRule rule, LayerSet near, int node) {
    List<Stage> here = new ArrayList<>();
    List<Stage> there = new ArrayList<>();
    for (LayerSet segment : segments(graph, rule)) {
      LayerSet far = segment.minus(near);
      LayerSet rest = segment.minus(far);
      if (!rest.isEmpty() && !there.isEmpty()) {
        throw new IllegalArgumentException(
            "The device cannot run %s of %s behind an exit that the server makes."
                .formatted(rest, graph.name()));
      }
      if (!rest.isEmpty()) {
        here.add(new Stage(Stage.DEVICE, rest));
      }
      if (!far.isEmpty()) {
        there.add(new Stage(node, far));
      }
    }
    here.addAll(there);
    return new Plan(here, Codec.FP32, Hedge.NEVER, Optional.of(rule));
  }

  /** Everything on the device, to the last exit if the network's outputs are exits. */
  public static Plan local(DnnGraph graph, Optional<ExitAnswers> exits) {
    return exits
        .map(known -> local(graph, ExitRule.only(known.classes(), known.exits().size() - 1)))
        .orElseGet(() -> local(graph));
  }

  /** Everything that the exits need on the device. */
  public static Plan local(DnnGraph graph, ExitRule rule) {
    return split(graph, rule, graph.all(), Stage.DEVICE);
  }

  /** What a frame runs up to each exit of a rule, from the one before. */
  public static List<LayerSet> segments(DnnGraph graph, ExitRule rule) {
    List<LayerSet> segments = new ArrayList<>();
    LayerSet before = LayerSet.of();
    for (int exit : rule.exits()) {
      if (exit >= graph.outputs().size()) {
        throw new IllegalArgumentException(
            "%s has %d exits, not one at place %d."
                .formatted(graph.name(), graph.outputs().size(), exit));
      }
      LayerSet leading = graph.leadingTo(graph.outputs().get(exit));
      segments.add(leading.minus(before));
      before = before.union(leading);
    }
    return segments;
  }

  /** The same, each stage of a plan with exits divided where an exit is made. */
  public Plan divided(DnnGraph graph) {
    return exits.map(rule -> with(divided(segments(graph, rule)))).orElse(this);
  }

  private List<Stage> divided(List<LayerSet> segments) {
    List<Stage> divided = new ArrayList<>();
    for (Stage stage : stages) {
      for (LayerSet segment : segments) {
        if (segment.intersects(stage.layers())) {
          LayerSet part = segment.minus(segment.minus(stage.layers()));
          divided.add(new Stage(stage.node(), part, Optional.empty(), stage.precision()));
        }
      }
    }
    return divided;
  }

  public Plan with(Hedge newHedge) {
    return new Plan(stages, codec, newHedge, exits);
  }

  public Plan with(Codec newCodec) {
    return new Plan(stages, newCodec, hedge, exits);
  }

  public Plan with(List<Stage> newStages) {
    return new Plan(newStages, codec, hedge, exits);
  }

  public boolean isLocal() {
    return stages.stream().allMatch(Plan::alone);
  }

  /** The layers that the device runs before anything crosses. */
  public LayerSet near() {
    LayerSet near = stages.get(0).layers();
    for (int i = 1; i < stages.size() && alone(stages.get(i)); i++) {
      near = near.union(stages.get(i).layers());
    }
    return near;
  }

  private static boolean alone(Stage stage) {
    return stage.node() == Stage.DEVICE && stage.sharing().isEmpty();
  }

  /**
   * Stages that one node runs one after the other, without a transfer between them; a stage that is
   * shared is by itself.
   */
  public List<List<Stage>> legs() {
    List<List<Stage>> legs = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= stages.size(); to++) {
      if (to == stages.size() || !together(stages.get(from), stages.get(to))) {
        legs.add(stages.subList(from, to));
        from = to;
      }
    }
    return legs;
  }

  private static boolean together(Stage one, Stage next) {
    return one.node() == next.node() && one.sharing().isEmpty() && next.sharing().isEmpty();
  }
}
