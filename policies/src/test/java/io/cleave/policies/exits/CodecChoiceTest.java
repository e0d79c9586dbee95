package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.ExitProblems;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.exits.JointExits.Goal;
import io.cleave.policies.exits.JointExits.Settings;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.units.Bandwidth;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every codec that is allowed is a candidate at each cut, whoever asks. */
final class CodecChoiceTest {
  private static final double[] RATES = {1e4, 1e6, 3e7, 1e9, 1e11};
  private static final List<Codec> ALL = List.of(Codec.values());

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void allTogetherAreAsGoodAsTheBestOfThem(long seed) {
    Observation seen = ExitProblems.of(seed, 2, 60);
    for (double rate : RATES) {
      Observation now = RandomProblems.atUplink(seen, new Bandwidth(rate));
      double best = ALL.stream().mapToDouble(codec -> seconds(now, List.of(codec))).min().orElse(0);
      assertThat(seconds(now, ALL)).isCloseTo(best, within(1e-9 * best));
    }
  }

  private static double seconds(Observation now, List<Codec> codecs) {
    Settings settings = new Settings(0.05, 2, 3, codecs, false);
    return CostModel.estimate(plan(new JointExits(Goal.LATENCY, settings), now), now).seconds();
  }

  private static Plan plan(Planner planner, Observation now) {
    return planner.plan(now).at(now.server(1).link().up()).plan();
  }

  @ParameterizedTest
  @ValueSource(strings = {"joint", "learned"})
  void theOptionNamesThem(String planner) {
    Set<Codec> met = new TreeSet<>();
    Planner made =
        PlannerCatalog.standard()
            .create(PlannerSpec.parse(planner + "{codec=int8-lz4/int4-zeros, goal=latency}"));
    for (long seed = 0; seed < 40; seed++) {
      Observation seen = ExitProblems.of(seed, 2, 60);
      for (double rate : RATES) {
        Plan plan = plan(made, RandomProblems.atUplink(seen, new Bandwidth(rate)));
        if (plan.stages().stream().anyMatch(stage -> stage.node() > 0)) {
          met.add(plan.codec());
        }
      }
    }
    assertThat(met).containsExactly(Codec.INT4_ZEROS, Codec.INT8_LZ4);
  }

  /** Cut, hedged and corrected by what was learned: whoever plans without exits has them, too. */
  @ParameterizedTest
  @ValueSource(strings = {"cleave{%s}", "cleave{hedge=off, %s}", "joint{%s}", "learned{%s}"})
  void theOptionNamesThemWithoutExits(String planner) {
    Set<Codec> met = new TreeSet<>();
    Planner made =
        PlannerCatalog.standard()
            .create(PlannerSpec.parse(planner.formatted("codec=fp32/int8-lz4/int4-zeros")));
    for (long seed = 0; seed < 40; seed++) {
      Observation seen = RandomProblems.dag(seed, 12);
      for (double rate : RATES) {
        Plan plan = plan(made, RandomProblems.atUplink(seen, new Bandwidth(rate)));
        if (!plan.isLocal()) {
          met.add(plan.codec());
        }
      }
    }
    assertThat(met).containsExactly(Codec.FP32, Codec.INT4_ZEROS, Codec.INT8_LZ4);
  }

  @Test
  void aCodecThatThereIsNotIsRefused() {
    for (String codecs : List.of("int2", "fp32/", "fp32/fp32", "any/fp32")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  PlannerCatalog.standard()
                      .create(PlannerSpec.parse("joint{codec=%s}".formatted(codecs))))
          .withMessageContaining("as in fp32/int8-channel");
    }
    assertThat(Arrays.stream(Codec.values()).map(Codec::sizeFactor)).allMatch(f -> f > 0 && f <= 1);
  }
}
