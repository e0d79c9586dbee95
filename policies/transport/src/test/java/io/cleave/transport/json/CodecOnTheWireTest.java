package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan's codec, for those who know it and for those who know the first three only. */
class CodecOnTheWireTest {
  private static final Instant NOW = RandomMessages.NOW;
  private static final Set<String> FIRST = Set.of("FP32", "FP16", "INT8");

  @ParameterizedTest
  @EnumSource
  void comesBackAsItWas(Codec codec) throws IOException {
    assertThat(read(tree(codec))).isEqualTo(codec);
  }

  @ParameterizedTest
  @EnumSource
  void readersOfBeforeGetOneThatTheyKnow(Codec codec) throws IOException {
    ObjectNode tree = tree(codec);
    assertThat(plan(tree).get("codec").textValue()).isIn(FIRST);
    assertThat(plan(tree).has("exactCodec")).isNotEqualTo(FIRST.contains(codec.name()));
  }

  @Test
  void oneOfALaterVersionIsTheNearestThatIsKnown() throws IOException {
    ObjectNode tree = tree(Codec.INT4);
    plan(tree).put("exactCodec", "INT2_ZEROS");
    assertThat(read(tree)).isEqualTo(Codec.INT8);
  }

  @Test
  void theNearestIsOneOfTheFirstThree() throws IOException {
    ObjectNode tree = tree(Codec.INT4);
    plan(tree).put("codec", "INT4");
    MalformedMessage refusal = catchThrowableOfType(MalformedMessage.class, () -> read(tree));
    assertThat(refusal).hasMessageContaining("must be one of [FP32, FP16, INT8]");
  }

  private static ObjectNode tree(Codec codec) throws IOException {
    Plan plan =
        new Plan(List.of(new Stage(Stage.DEVICE, LayerSet.range(0, 4))), codec, Hedge.NEVER);
    PlanTable table = PlanTable.constant(new PlanTable.Entry(plan, 0.01, 0));
    Decision like = new RandomMessages(1).decision();
    Decision decision =
        new Decision("camera-1", 1, List.of(), table, NOW.plusSeconds(10), like.grounds());
    return (ObjectNode) MessageKind.MAPPER.readTree(WireJson.write(decision, NOW));
  }

  private static ObjectNode plan(ObjectNode tree) {
    return (ObjectNode) tree.at("/table/entries/0/plan");
  }

  private static Codec read(ObjectNode tree) throws IOException {
    byte[] bytes = MessageKind.MAPPER.writeValueAsBytes(tree);
    return WireJson.readDecision(bytes, NOW).table().entries().get(0).plan().codec();
  }
}
