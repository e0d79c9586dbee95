package io.cleave.policies.tiling;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the search leaves out changes nothing: stages and seconds are those of the plain one. */
final class LazyRunEndsTest {
  private static final double ROUNDING = 1e-12;
  private static final List<Zoo> NETWORKS =
      List.of(Zoo.SMALL_CHAIN, Zoo.SMALL_RESIDUAL, Zoo.SMALL_INCEPTION, Zoo.ALEXNET, Zoo.RESNET18);

  /** Boards behind links of a megabit to a gigabit; of every other seed all alike, for ties. */
  private static Observation cluster(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DnnGraph graph = NETWORKS.get((int) (seed % NETWORKS.size())).graph();
    List<DeviceClass> kinds = List.of(DeviceClass.RASPBERRY_PI_3B, DeviceClass.RASPBERRY_PI_4B);
    List<ServerState> peers = new ArrayList<>();
    int count = random.nextInt(1, 6);
    ServerState peer = peer(graph, kinds.get(0), random);
    for (int i = 0; i < count; i++) {
      peers.add(seed % 2 == 0 ? peer : peer(graph, kinds.get(random.nextInt(2)), random));
    }
    return RandomChains.observation(graph, kinds.get(0).profile().times(graph), peers);
  }

  private static ServerState peer(DnnGraph graph, DeviceClass kind, SplittableRandom random) {
    Bandwidth up = Bandwidth.mbps(Math.pow(10, random.nextDouble(0, 3)));
    Bandwidth down = Bandwidth.mbps(Math.pow(10, random.nextDouble(0, 3)));
    double queue = random.nextInt(3) == 0 ? random.nextDouble(0, 0.05) : 0;
    return new ServerState(
        new NodeState("peer", kind.profile().times(graph), queue),
        new LinkState(up, down, random.nextDouble(0, 0.005), RateError.NONE));
  }

  private static Terms terms(long seed) {
    return new Terms(
        List.of(Codec.values()).get((int) (seed % 3)),
        seed % 4 < 2 ? Airtime.SEPARATE : Airtime.SHARED);
  }

  private static List<Divider> rules(Observation seen, Terms terms) {
    return List.of(
        new Shares(seen, terms),
        new BalancedTiles(seen, terms),
        new GreedyTiles.Bisection(seen, terms));
  }

  private static void findsWhatThePlainOneFinds(
      Observation seen, Terms terms, Runs runs, List<Divider> rules, Optional<Errands> errands) {
    RunEnds lazy = new RunEnds(new RunPrices(seen, terms, rules, runs, errands));
    RunEnds.Division plain = new PlainRunEnds(seen, rules, runs, errands).best();
    assertThat(lazy.best()).isEqualTo(plain);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void findsWhatThePlainOneFindsInChains(long seed) {
    Observation seen = RandomChains.of(seed, 1 + (int) (seed % 7), 1 + (int) (seed % 4));
    List<Divider> rules = rules(seen, terms(seed));
    Optional<Errands> errands =
        seed % 2 == 0 ? Optional.of(new Errands(seen, terms(seed))) : Optional.empty();
    findsWhatThePlainOneFinds(seen, terms(seed), Runs.of(seen.graph()), rules, errands);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsWhatThePlainOneFindsInTheZoo(long seed) {
    Observation seen = cluster(seed);
    List<Divider> rules = rules(seen, terms(seed));
    Optional<Errands> errands = Optional.of(new Errands(seen, terms(seed)));
    Runs runs = Runs.ofBlocks(seen.graph());
    for (Divider rule : rules) {
      findsWhatThePlainOneFinds(seen, terms(seed), runs, List.of(rule), Optional.empty());
    }
    findsWhatThePlainOneFinds(seen, terms(seed), runs, rules, errands);
  }

  /** What is as long as enough counts as not enough; what is longer is not looked for. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsTheSameIfEnoughIsMoreAndNothingIfItIsLess(long seed) {
    Observation seen = cluster(seed);
    Terms terms = terms(seed);
    Runs runs = Runs.ofBlocks(seen.graph());
    RunEnds.Division best = new RunEnds(seen, terms, new Shares(seen, terms), runs).best();
    RunEnds again = new RunEnds(seen, terms, new Shares(seen, terms), runs);
    assertThat(again.best(1.01 * best.seconds())).contains(best);
    RunEnds less = new RunEnds(seen, terms, new Shares(seen, terms), runs);
    assertThat(less.best(0.99 * best.seconds())).isEmpty();
  }

  /**
   * A rule's bound is below all that it finds, and what it finds does not depend on what is enough.
   */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void noRuleIsQuickerThanItsBound(long seed) {
    Observation seen = cluster(seed);
    Runs runs = Runs.ofBlocks(seen.graph());
    SplittableRandom random = new SplittableRandom(seed);
    for (int to = 1; to < runs.count(); to++) {
      Optional<Divisible> found = runs.divisible(random.nextInt(to), to);
      if (found.isEmpty()) {
        continue;
      }
      LeastTime least = LeastTime.of(seen, terms(seed), found.get(), Crew.ranked(seen));
      for (Divider rule : rules(seen, terms(seed))) {
        Optional<SharedRun> run = rule.of(found.get(), Double.POSITIVE_INFINITY);
        if (run.isPresent()) {
          double seconds = run.get().seconds();
          assertThat(seconds)
              .isGreaterThanOrEqualTo(rule.least(found.get(), least) * (1 - ROUNDING));
          assertThat(rule.of(found.get(), least, seconds * (1 + ROUNDING))).isEqualTo(run);
        }
      }
    }
  }
}
