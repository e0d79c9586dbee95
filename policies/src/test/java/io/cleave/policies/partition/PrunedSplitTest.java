package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrunedSplitTest {
  /** Exhaustive, by sums of its own. Chains, of which layer l makes tensor l. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsExhaustiveSearch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PrunedSplit.Variant> variants = new ArrayList<>();
    Map<DnnGraph, Observation> seen = new HashMap<>();
    for (int network = 0; network < 12; network++) {
      Observation observation = RandomProblems.chain(seed * 100 + network, 8);
      DnnGraph graph = observation.graph();
      seen.put(graph, observation);
      double loss = network == 0 ? 0 : random.nextDouble();
      variants.add(
          new PrunedSplit.Variant("n" + network, graph, random.nextInt(graph.size()), loss));
    }
    for (double bound : List.of(0.0, 0.2, 0.7, 1.0)) {
      double best =
          variants.stream()
              .filter(variant -> variant.loss() <= bound)
              .mapToDouble(variant -> seconds(variant, known(seen, variant.graph())))
              .min()
              .orElseThrow();
      PrunedSplit.Choice choice =
          new PrunedSplit(variants).best(graph -> known(seen, graph), bound);
      assertThat(choice.seconds()).as("seed %d", seed).isCloseTo(best, within(1e-9 * best));
      assertThat(choice.variant().loss()).isLessThanOrEqualTo(bound);
    }
  }

  private static Observation known(Map<DnnGraph, Observation> seen, DnnGraph graph) {
    return Optional.ofNullable(seen.get(graph)).orElseThrow();
  }

  private static double seconds(PrunedSplit.Variant variant, Observation seen) {
    int last = variant.graph().size() - 1;
    int cut = variant.cut();
    ServerState server = seen.server(1);
    double here = seen.device().queueSeconds();
    here += cut == 0 ? 0 : seen.device().times().run(LayerSet.range(0, cut + 1));
    if (cut == last) {
      return here;
    }
    return here
        + variant.graph().tensor(cut).size().bits() / server.link().up().bitsPerSecond()
        + server.link().rttSeconds()
        + server.node().queueSeconds()
        + server.node().times().run(LayerSet.range(cut + 1, last + 1))
        + variant.graph().tensor(last).size().bits() / server.link().down().bitsPerSecond();
  }

  @Test
  void saysThatNothingIsAllowed() {
    DnnGraph graph = HandWorked.chain(1_000, 100, 10);
    PrunedSplit split = new PrunedSplit(List.of(new PrunedSplit.Variant("x", graph, 1, 0.02)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split.best(any -> known(Map.of(), any), 0.01))
        .withMessageContaining("None of 1 variants loses 0.01 of the answers or less");
  }

  @Test
  void offersEachNarrowCutOfTheWholeNetwork() {
    DnnGraph graph = HandWorked.chain(1_000, 100, 10);
    assertThat(PrunedSplit.cuts("x", graph, 0))
        .extracting(PrunedSplit.Variant::cut)
        .containsExactly(0, 1, 2);
  }
}
