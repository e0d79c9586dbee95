package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.HandMade;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final DnnGraph graph = HandMade.chain(4, 3, 2, 1);

  @Test
  void splitWithoutARestIsLocal() {
    Plan plan = Plan.split(graph, graph.all(), 1);
    assertThat(plan).isEqualTo(Plan.local(graph));
    assertThat(plan.isLocal()).isTrue();
  }

  @Test
  void splitPutsTheRestOnTheServer() {
    Plan plan = Plan.split(graph, LayerSet.of(0, 1), 2);
    assertThat(plan.stages())
        .containsExactly(new Stage(0, LayerSet.of(0, 1)), new Stage(2, LayerSet.of(2, 3)));
    assertThat(plan.near()).isEqualTo(LayerSet.of(0, 1));
    assertThat(plan.isLocal()).isFalse();
  }

  @Test
  void dividedStagesEndWhereExitsAreMade() {
    DnnGraph exits = Zoo.ALEXNET_EXITS.graph();
    ExitRule rule = new ExitRule(ExitSignal.ENTROPY, 10, List.of(0, 2, 4), List.of(0.5, 0.4));
    LayerSet near = Plan.segments(exits, rule).get(0);
    for (LayerSet here : List.of(LayerSet.of(0), near, exits.all())) {
      Plan plan = Plan.split(exits, rule, here, 1);
      List<Stage> merged =
          plan.legs().stream()
              .map(
                  leg ->
                      new Stage(
                          leg.get(0).node(),
                          leg.stream().map(Stage::layers).reduce(LayerSet.of(), LayerSet::union)))
              .toList();
      assertThat(plan.with(merged).divided(exits)).isEqualTo(plan);
      assertThat(plan.divided(exits)).isEqualTo(plan);
    }
    assertThat(Plan.local(exits).divided(exits)).isEqualTo(Plan.local(exits));
  }

  @Test
  void withChangesOneThing() {
    Plan plan = Plan.split(graph, LayerSet.of(0), 1);
    assertThat(plan.with(new Hedge(1)).with(Hedge.NEVER)).isEqualTo(plan);
    assertThat(plan.with(Codec.FP16).stages()).isEqualTo(plan.stages());
  }

  @Test
  void refusesAPlanThatDoesNotBeginWithTheInputOnTheDevice() {
    Stage remote = new Stage(1, graph.all());
    Stage behind = new Stage(0, LayerSet.of(1, 2, 3));
    for (List<Stage> stages : List.of(List.<Stage>of(), List.of(remote), List.of(behind))) {
      assertThatThrownBy(() -> new Plan(stages, Codec.FP32, Hedge.NEVER))
          .hasMessageContaining("first stage");
    }
  }

  @Test
  void refusesEmptyStagesAndNodesBelowZero() {
    assertThatThrownBy(() -> new Stage(-1, graph.all())).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Stage(0, LayerSet.of())).hasMessageContaining("at least one");
  }

  @Test
  void hedgeIsNeverNegativeOrNaN() {
    assertThatThrownBy(() -> new Hedge(-0.1)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> new Hedge(Double.NaN)).hasMessageContaining("NaN");
    assertThat(Hedge.NEVER.armed()).isFalse();
    assertThat(Hedge.AT_ONCE.armed()).isTrue();
  }
}
