package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EightBitSplitTest extends PartitionPlannerContract {
  private static final EightBitSplit.Bounds ANY =
      new EightBitSplit.Bounds(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  @Override
  Planner planner() {
    return new EightBitSplit(ANY);
  }

  @Override
  boolean optimalOnChains() {
    return false;
  }

  @Override
  boolean optimalOnDags() {
    return false;
  }

  /**
   * Exhaustive: each cut of a chain in eight bits, by sums of its own, and both ways in floats. On
   * a chain layer l makes tensor l.
   */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsExhaustiveSearch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Observation seen = measured(RandomProblems.chain(seed, 9), random);
    for (double loss : List.of(0.0, 0.3, 1.0)) {
      double storage = 100 + random.nextInt(900);
      Planner planner = new EightBitSplit(new EightBitSplit.Bounds(loss, storage));
      double best = exhaustive(seen, loss, storage);
      assertThat(decidedSeconds(planner, seen))
          .as("seed %d, loss %s, storage %s", seed, loss, storage)
          .isCloseTo(best, within(1e-9 * best));
    }
  }

  private static double exhaustive(Observation seen, double loss, double storage) {
    DnnGraph graph = seen.graph();
    double best = seen.device().queueSeconds() + seen.device().times().run(graph.all());
    for (ServerState server : seen.servers()) {
      best = Math.min(best, seconds(seen, server, 0, false));
      for (int cut = 0; cut < graph.size(); cut++) {
        EightBits known = graph.tensor(cut).eightBits().orElseThrow();
        if (known.accuracyLoss() <= loss && known.storageBytes() <= storage) {
          best = Math.min(best, seconds(seen, server, cut, true));
        }
      }
    }
    return best;
  }

  /** Device up to a layer, tensor, server, answer. */
  private static double seconds(Observation seen, ServerState server, int cut, boolean eight) {
    DnnGraph graph = seen.graph();
    int last = graph.size() - 1;
    Codec codec = eight ? Codec.INT8 : Codec.FP32;
    double here = seen.device().queueSeconds();
    if (cut > 0) {
      double factor = eight ? graph.tensor(cut).eightBits().orElseThrow().speedFactor() : 1;
      here += factor * seen.device().times().run(LayerSet.range(0, cut + 1));
    }
    if (cut == last) {
      return here;
    }
    double up = codec.bits(graph.tensor(cut)) / server.link().up().bitsPerSecond();
    double down = codec.bits(graph.tensor(last)) / server.link().down().bitsPerSecond();
    return here
        + up
        + codec.seconds(graph.tensor(cut))
        + server.link().rttSeconds()
        + server.node().queueSeconds()
        + server.node().times().run(LayerSet.range(cut + 1, last + 1))
        + down
        + codec.seconds(graph.tensor(last));
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void keepsWhatNoOtherIsBetterThan(long seed) {
    Observation seen = measured(RandomProblems.chain(seed, 9), new SplittableRandom(seed));
    List<EightBitSplit.Choice> all = EightBitSplit.choices(seen);
    List<EightBitSplit.Choice> kept = EightBitSplit.nonDominated(all);
    for (EightBitSplit.Choice one : all) {
      boolean beaten =
          kept.stream()
              .anyMatch(
                  other ->
                      other.seconds() <= one.seconds()
                          && other.storageBytes() <= one.storageBytes()
                          && other.loss() <= one.loss());
      assertThat(beaten).isTrue(); // by itself if it was kept
    }
    for (EightBitSplit.Choice one : kept) {
      assertThat(kept)
          .noneMatch(
              other ->
                  other.seconds() < one.seconds()
                      && other.storageBytes() < one.storageBytes()
                      && other.loss() < one.loss());
    }
  }

  /** Eight bits twice as fast: a quarter of 8 Mbit over 1 Mbit/s, where the server takes 10 s. */
  @Test
  void runsTheDevicesPartInEightBits() {
    DnnGraph chain = HandWorked.chain(1_000_000, 1_000_000, 100);
    Observation seen =
        HandWorked.problem(chain, new double[] {0, 4, 40}, new double[] {0, 100, 10}, 1);
    DnnGraph graph =
        chain.with(
            tensor ->
                tensor.producer() == 1 ? tensor.with(new EightBits(0.5, 1000, 0.01)) : tensor);
    Observation measured = with(seen, graph);
    Plan plan = decide(planner(), measured).plan();
    assertThat(plan.stages().get(0)).isEqualTo(Stage.eightBits(LayerSet.of(0, 1)));
    assertThat(plan.stages().get(1).precision()).isEqualTo(Precision.FLOAT32);
    assertThat(plan.codec()).isEqualTo(Codec.INT8);
    // 2 s here, 2 s for a quarter of 8 Mbit, 10 s there; 4 + 8 + 10 in floats, 44 alone.
    assertThat(decidedSeconds(planner(), measured)).isCloseTo(14, within(0.01));
    Planner strict = new EightBitSplit(new EightBitSplit.Bounds(0.005, 1e9));
    assertThat(decide(strict, measured).plan().isLocal()).isTrue();
  }

  private static Observation measured(Observation seen, SplittableRandom random) {
    DnnGraph graph =
        seen.graph()
            .with(
                tensor ->
                    tensor.with(
                        new EightBits(
                            0.2 + random.nextDouble(), random.nextInt(1000), random.nextDouble())));
    return with(seen, graph);
  }

  private static Observation with(Observation seen, DnnGraph graph) {
    return new Observation(graph, seen.device(), seen.power(), seen.servers(), seen.demand());
  }

  /** For links that carry nothing, too. */
  @Test
  void staysAloneInFloatsWithoutNotes() {
    Observation seen = RandomProblems.atUplink(RandomProblems.chain(1, 9), new Bandwidth(0));
    assertThat(EightBitSplit.choices(seen)).hasSize(1 + seen.servers().size());
    assertThat(decide(planner(), seen).plan()).isEqualTo(Plan.local(seen.graph()));
  }
}
