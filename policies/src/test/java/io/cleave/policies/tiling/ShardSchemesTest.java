package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.tiling.ShardSchemes.Choice;
import io.cleave.policies.tiling.ShardSchemes.Scheme;
import io.cleave.policies.tiling.ShardSchemes.Shard;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

final class ShardSchemesTest {
  /** The example of the paper: 4, 8, 16, 4 and 4 neurons, two machines. */
  private static final List<Shard> EXAMPLE =
      List.of(Shard.neurons(4, 8), Shard.neurons(8, 16), Shard.neurons(16, 4), Shard.neurons(4, 4));

  static LongStream fiveHundred() {
    return LongStream.range(0, 500);
  }

  private static double values(List<Shard> chain, int machines, Scheme... schemes) {
    Scheme previous = Scheme.INPUT;
    double sum = 0;
    for (int i = 0; i < chain.size(); i++) {
      if (!ShardSchemes.open(chain, i, previous, schemes[i])) {
        return Double.POSITIVE_INFINITY;
      }
      sum += ShardSchemes.share(chain.get(i), previous, schemes[i], machines);
      previous = schemes[i];
    }
    return previous == Scheme.FIRST ? Double.POSITIVE_INFINITY : sum * (machines - 1) / machines;
  }

  @Test
  void agreesWithTheExampleOfThePaper() {
    Scheme o = Scheme.OUTPUT;
    Scheme i = Scheme.INPUT;
    Scheme f = Scheme.FIRST;
    Scheme s = Scheme.SECOND;
    assertThat(values(EXAMPLE, 2, o, o, o, o)).isEqualTo(34);
    assertThat(values(EXAMPLE, 2, i, i, i, i)).isEqualTo(48);
    assertThat(values(EXAMPLE, 2, f, s, f, s)).isEqualTo(40);
    Choice best = ShardSchemes.best(EXAMPLE, 2);
    assertThat(best.values()).isEqualTo(22);
    assertThat(best.schemes()).containsExactly(o, f, s, o);
    assertThat(values(EXAMPLE, 2, o, f, s, o)).isEqualTo(22);
  }

  @Test
  void ofNoLayersNothingCrosses() {
    assertThat(ShardSchemes.best(List.of(), 3)).isEqualTo(new Choice(List.of(), 0));
  }

  @ParameterizedTest
  @MethodSource("fiveHundred")
  void equalsTheIntegerProgramme(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Shard> chain = chain(random);
    int machines = 2 + random.nextInt(7);
    Choice best = ShardSchemes.best(chain, machines);
    assertThat(values(chain, machines, best.schemes().toArray(Scheme[]::new)))
        .isCloseTo(best.values(), within(1e-9 * best.values()));
    assertThat(best.values()).isCloseTo(programme(chain, machines), within(1e-6 * best.values()));
    if (chain.size() <= 7) {
      assertThat(best.values())
          .isCloseTo(least(chain, machines, List.of()), within(1e-9 * best.values()));
    }
  }

  private static List<Shard> chain(SplittableRandom random) {
    List<Shard> chain = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    long inputs = random.nextLong(1, 1001);
    for (int i = 0; i < count; i++) {
      long outputs = random.nextLong(1, 1001);
      long sums = outputs * (random.nextBoolean() ? 1 : 4);
      chain.add(new Shard(inputs, outputs, sums, random.nextInt(4) > 0, random.nextInt(4) > 0));
      inputs = random.nextInt(4) > 0 ? outputs : random.nextLong(1, 1001);
    }
    return chain;
  }

  private static double least(List<Shard> chain, int machines, List<Scheme> begun) {
    if (begun.size() == chain.size()) {
      return values(chain, machines, begun.toArray(Scheme[]::new));
    }
    return Stream.of(Scheme.values())
        .mapToDouble(
            scheme ->
                least(chain, machines, Stream.concat(begun.stream(), Stream.of(scheme)).toList()))
        .min()
        .orElseThrow();
  }

  /**
   * The paper's programme: one scheme a layer, the second of two behind the first. What a machine
   * made of the layer before, and need not be sent, is a product of two variables; it is written as
   * a variable of its own that is at most either.
   */
  private static double programme(List<Shard> chain, int machines) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    List<Map<Scheme, Variable>> layers = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      Map<Scheme, Variable> chosen = new EnumMap<>(Scheme.class);
      Expression one = model.newExpression("one " + i).level(1);
      for (Scheme scheme : Scheme.values()) {
        long share = ShardSchemes.share(chain.get(i), Scheme.INPUT, scheme, machines);
        Variable variable = model.newVariable(scheme + " " + i).binary().weight((double) share);
        chosen.put(scheme, variable);
        one.set(variable, 1);
      }
      close(chain, i, chosen);
      if (i > 0) {
        couple(model, i, layers.get(i - 1), chosen, chain.get(i).inputs());
      } else {
        variable(chosen, Scheme.SECOND).upper(0);
      }
      layers.add(chosen);
    }
    Optimisation.Result result = model.minimise();
    assertThat(result.getState().isOptimal()).isTrue();
    return result.getValue() * (machines - 1) / machines;
  }

  private static Variable variable(Map<Scheme, Variable> of, Scheme scheme) {
    Variable variable = of.get(scheme);
    if (variable == null) {
      throw new IllegalStateException("No " + scheme);
    }
    return variable;
  }

  private static void close(List<Shard> chain, int layer, Map<Scheme, Variable> chosen) {
    if (!chain.get(layer).summed()) {
      variable(chosen, Scheme.INPUT).upper(0);
      variable(chosen, Scheme.SECOND).upper(0);
    }
    if (!chain.get(layer).fused() || layer + 1 == chain.size()) {
      variable(chosen, Scheme.FIRST).upper(0);
    }
  }

  private static void couple(
      ExpressionsBasedModel model,
      int layer,
      Map<Scheme, Variable> before,
      Map<Scheme, Variable> here,
      long inputs) {
    model
        .newExpression("pair " + layer)
        .level(0)
        .set(variable(before, Scheme.FIRST), 1)
        .set(variable(here, Scheme.SECOND), -1);
    for (Scheme scheme : List.of(Scheme.OUTPUT, Scheme.FIRST)) {
      Variable kept =
          model
              .newVariable("kept %s %d".formatted(scheme, layer))
              .binary()
              .weight(-(double) inputs);
      for (Variable bound : List.of(variable(before, Scheme.OUTPUT), variable(here, scheme))) {
        model
            .newExpression("%s for %s".formatted(kept.getName(), bound.getName()))
            .upper(0)
            .set(kept, 1)
            .set(bound, -1);
      }
    }
  }
}
