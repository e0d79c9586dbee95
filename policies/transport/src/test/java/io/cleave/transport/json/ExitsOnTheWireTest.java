package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import io.cleave.transport.json.MalformedMessage.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan's exits, there and back; what cannot be is refused at the field that says it. */
class ExitsOnTheWireTest {
  private static final Instant NOW = RandomMessages.NOW;
  private static final ExitRule RULE =
      new ExitRule(ExitSignal.CONFIDENCE, 10, List.of(0, 2, 9), List.of(0.9, 0.1));

  @Test
  void aRuleComesBackAsItWas() {
    Decision decision = decision(Optional.of(RULE));
    Decision read = WireJson.readDecision(WireJson.write(decision, NOW), NOW);
    assertThat(read.table().entries().get(0).plan().exits()).contains(RULE);
  }

  @Test
  void aPlanThatSaysNothingOfExitsHasNone() throws IOException {
    ObjectNode tree = tree(decision(Optional.empty()));
    assertThat(tree.at("/table/entries/0/plan").has("exits")).isFalse();
    assertThat(read(tree).table().entries().get(0).plan().exits()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signal     | ~MARGIN~         | OUT_OF_RANGE  | must be one of [ENTROPY, CONFIDENCE]",
        "classes    | 1                | OUT_OF_RANGE  | must be in 2..1000000",
        "classes    | 1000001          | OUT_OF_RANGE  | must be in 2..1000000",
        "classes    | 5                | CONTRADICTORY | threshold 0.1",
        "places     | [0, 2]           | CONTRADICTORY | 1 thresholds",
        "places     | [0, 2, 2]        | CONTRADICTORY | ascend",
        "places     | [0, 2, 1000]     | OUT_OF_RANGE  | must be in 0..999",
        "places     | [0, 2, -1]       | OUT_OF_RANGE  | must be in 0..999",
        "places     | []               | CONTRADICTORY | at least 1 exit",
        "thresholds | [0.9]            | CONTRADICTORY | 2 thresholds",
        "thresholds | [0.9, 0.1, 0.5]  | CONTRADICTORY | 2 thresholds",
        "thresholds | [0.9, 1.01]      | CONTRADICTORY | threshold 1.01",
        "thresholds | [0.9, 0.09]      | CONTRADICTORY | threshold 0.09",
        "thresholds | [0.9, -1]        | OUT_OF_RANGE  | must be in 0.0",
        "thresholds | [0.9, ~0.5~]     | WRONG_TYPE    | must be a number",
      })
  void aRuleThatCannotBeIsRefused(String field, String value, Kind kind, String says)
      throws IOException {
    ObjectNode tree = tree(decision(Optional.of(RULE)));
    ObjectNode exits = (ObjectNode) tree.at("/table/entries/0/plan/exits");
    exits.set(field, MessageKind.MAPPER.readTree(value.replace('~', '"')));
    MalformedMessage refusal = catchThrowableOfType(MalformedMessage.class, () -> read(tree));
    assertThat(refusal).hasMessageStartingWith("decision.table.entries[0].plan.exits");
    assertThat(refusal).hasMessageContaining(says);
    assertThat(refusal.kind()).isEqualTo(kind);
  }

  @Test
  void moreExitsThanAMessageHoldsAreNotWritten() {
    List<Double> thresholds = IntStream.range(0, 64).mapToObj(any -> 0.5).toList();
    ExitRule many = ExitRule.of(ExitSignal.CONFIDENCE, 10, 65, thresholds);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(decision(Optional.of(many)), NOW))
        .withMessageContaining("at most 64 places");
    ExitRule far = ExitRule.only(10, 1000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(decision(Optional.of(far)), NOW))
        .withMessageContaining("0..999");
  }

  private static ObjectNode tree(Decision decision) throws IOException {
    return (ObjectNode) MessageKind.MAPPER.readTree(WireJson.write(decision, NOW));
  }

  private static Decision read(ObjectNode tree) throws IOException {
    return WireJson.readDecision(MessageKind.MAPPER.writeValueAsBytes(tree), NOW);
  }

  private static Decision decision(Optional<ExitRule> exits) {
    Plan plan =
        new Plan(
            List.of(
                new Stage(Stage.DEVICE, LayerSet.range(0, 3)), new Stage(1, LayerSet.range(3, 9))),
            Codec.FP32,
            Hedge.NEVER,
            exits);
    Decision like = new RandomMessages(1).decision();
    return new Decision(
        "camera-1",
        1,
        List.of("edge-1"),
        PlanTable.constant(new PlanTable.Entry(plan, 0.1, 8)),
        NOW.plusSeconds(10),
        like.grounds());
  }
}
