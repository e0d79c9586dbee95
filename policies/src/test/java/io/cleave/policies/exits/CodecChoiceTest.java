package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.ExitProblems;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Expectation;
import io.cleave.policies.exits.JointExits.Goal;
import io.cleave.policies.exits.JointExits.Settings;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.units.Bandwidth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every codec that is allowed is a candidate at each cut, whoever asks. */
final class CodecChoiceTest {
  private static final double[] RATES = {1e4, 1e6, 3e7, 1e9, 1e11};
  private static final double LOSS = 0.05;
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

  /**
   * A codec is taken only where choice and codec together lose no more than is allowed; where it
   * costs nothing, or more than all, that is as if nothing was measured, or as if it was not there.
   */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void whatACodecCostsCountsAgainstTheLoss(long seed) {
    List<Codec> two = List.of(Codec.FP32, Codec.INT4);
    Observation plain = ExitProblems.of(seed, 2, 60);
    ExitAnswers answers = plain.exits().orElseThrow();
    double floor = answers.accuracy(answers.exits().size() - 1) - LOSS;
    for (double rate : RATES) {
      double before = 0;
      for (double lost : new double[] {0, 0.02, 0.2, 1}) {
        Observation now = RandomProblems.atUplink(costing(plain, lost), new Bandwidth(rate));
        Settings settings = new Settings(LOSS, 2, 3, two, false);
        Plan plan = plan(new JointExits(Goal.LATENCY, settings), now);
        Expectation expected = Expectation.of(plan, now);
        assertThat(expected.accuracy()).isGreaterThanOrEqualTo(floor - 1e-9);
        double seconds = expected.estimate().seconds();
        assertThat(seconds).isGreaterThanOrEqualTo(before * (1 - 1e-9));
        assertThat(seconds).isLessThanOrEqualTo(seconds(now, List.of(Codec.FP32)) * (1 + 1e-9));
        before = seconds;
      }
    }
  }

  /** Four bits cost so many right answers wherever something crosses. */
  private static Observation costing(Observation o, double lost) {
    Map<String, Tensor.Measured> measured =
        Map.of(Codec.INT4.name(), new Tensor.Measured(0.125, lost));
    List<Tensor> tensors =
        o.graph().tensors().stream()
            .map(
                each ->
                    new Tensor(each.name(), each.shape(), each.type(), each.producer(), measured))
            .toList();
    DnnGraph graph =
        new DnnGraph(o.graph().name(), o.graph().layers(), tensors, o.graph().outputs());
    return new Observation(graph, o.device(), o.power(), o.servers(), o.demand(), o.exits());
  }

  private static double seconds(Observation now, List<Codec> codecs) {
    Settings settings = new Settings(LOSS, 2, 3, codecs, false);
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
