package io.cleave.policies.plan;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.SubGraph;
import java.util.List;
import java.util.Optional;

/** A network with exits as one without: as far as its last exit, and no branch of the others. */
public final class Trunk {
  private final SubGraph part;
  private final ExitRule rule;

  private Trunk(SubGraph part, ExitRule rule) {
    this.part = part;
    this.rule = rule;
  }

  /** The trunk of a network whose outputs are these exits. */
  public static Trunk of(DnnGraph whole, ExitAnswers exits) {
    int last = exits.exits().size() - 1;
    return new Trunk(
        SubGraph.leadingTo(whole, whole.outputs().get(last)), ExitRule.only(exits.classes(), last));
  }

  /** What a planner sees that knows of no exits. */
  public Observation observation(Observation seen) {
    List<ServerState> servers =
        seen.servers().stream()
            .map(server -> new ServerState(node(server.node()), server.link()))
            .toList();
    return new Observation(part.graph(), node(seen.device()), seen.power(), servers, seen.demand());
  }

  private NodeState node(NodeState node) {
    return node.with(node.times().of(part.layers()));
  }

  /** Its plan, for the whole network: every frame leaves at the last exit. */
  public Plan inWhole(Plan plan) {
    List<Stage> stages = plan.stages().stream().map(stage -> stage.with(part::inWhole)).toList();
    return new Plan(stages, plan.codec(), plan.hedge(), Optional.of(rule));
  }
}
