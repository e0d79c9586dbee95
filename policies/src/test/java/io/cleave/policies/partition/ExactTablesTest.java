package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.Seeds;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactTablesTest {
  /** Every rate's best plan by brute force is in the table: nothing is missing. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#batches")
  void isTheEnvelopeOfAllCuts(long batch) {
    ExactTables tables = new ExactTables();
    for (long seed = batch; seed < batch + Seeds.BATCH; seed++) {
      Observation observation =
          seed % 4 == 0 ? RandomProblems.chain(seed, 14) : RandomProblems.dag(seed, 14);
      PartitionProblem problem = PartitionProblem.of(observation, 1);
      PlanTable table = tables.table(observation, 1);
      List<LayerSet> cuts = BruteForce.downClosed(observation.graph());
      for (double x : rates(table, seed, 40)) {
        double best =
            cuts.stream().mapToDouble(near -> problem.seconds(near, x)).min().orElseThrow();
        assertThat(entryAt(table, x).secondsAt(x))
            .as("seed %d at %s s/bit", seed, x)
            .isCloseTo(best, within(1e-9 * best));
      }
    }
  }

  /**
   * The same when each plan has one of several codecs, whatever was measured of some tensors; where
   * that costs too many right answers a tensor does not cross in this form.
   */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isTheEnvelopeOfAllCutsInAllCodecs(long seed) {
    List<Codec> codecs = List.of(Codec.FP32, Codec.FP16_LZ4, Codec.INT8, Codec.INT4_ZEROS);
    Observation observation = measured(withLinks(RandomProblems.dag(seed, 9)), seed);
    double mostLost = seed % 2 == 0 ? 1 : 0.01;
    PlanTable table = new ExactTables(mostLost).table(observation, 1, codecs);
    List<LayerSet> cuts = BruteForce.downClosed(observation.graph());
    for (double x : rates(table, seed, 20)) {
      Observation there = RandomProblems.atUplink(observation, new Bandwidth(1 / x));
      double best =
          cuts.stream()
              .map(near -> Plan.split(observation.graph(), near, 1))
              .flatMap(plan -> codecs.stream().map(plan::with))
              .filter(plan -> lost(plan, observation.graph()) <= mostLost)
              .mapToDouble(plan -> CostModel.estimate(plan, there).seconds())
              .min()
              .orElseThrow();
      PlanTable.Entry entry = entryAt(table, x);
      assertThat(CostModel.estimate(entry.plan(), there).seconds())
          .as("seed %d at %s s/bit", seed, x)
          .isCloseTo(best, within(1e-9 * best))
          .isCloseTo(entry.secondsAt(x), within(1e-9 * best));
    }
  }

  private static double lost(Plan plan, DnnGraph graph) {
    return graph.cut(plan.near()).tensors().stream()
        .mapToDouble(tensor -> plan.codec().lost(graph.tensor(tensor)))
        .max()
        .orElse(0);
  }

  /** Of every other tensor it is known what two codecs make of it. */
  private static Observation measured(Observation o, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : o.graph().tensors()) {
      Map<String, Tensor.Measured> factors =
          random.nextBoolean()
              ? Map.of(
                  Codec.FP16_LZ4.name(),
                      new Tensor.Measured(
                          random.nextDouble(0.01, 0.6), random.nextDouble(-0.02, 0.03)),
                  Codec.INT4_ZEROS.name(),
                      new Tensor.Measured(
                          random.nextDouble(0.01, 0.2), random.nextDouble(-0.02, 0.03)))
              : Map.of();
      tensors.add(
          new Tensor(tensor.name(), tensor.shape(), tensor.type(), tensor.producer(), factors));
    }
    DnnGraph graph =
        new DnnGraph(o.graph().name(), o.graph().layers(), tensors, o.graph().outputs());
    return new Observation(graph, o.device(), o.power(), o.servers(), o.demand());
  }

  /** At 1,000 rates of each network, between and beside all breakpoints. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void equalsSolvingAnewAtRandomRates(long seed) {
    Observation observation = withLinks(RandomProblems.dag(seed, 200));
    equalsSolvingAnew(observation, seed);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void hasNoEntryThatIsBestNowhere(long seed) {
    Observation observation = RandomProblems.dag(seed, 60);
    PlanTable table = ExactTable.of(observation, 1);
    List<PlanTable.Entry> entries = table.entries();
    double[] breakpoints = table.breakpoints();
    for (int i = 0; i < breakpoints.length; i++) {
      double x = breakpoints[i];
      // Two neighbours are equally good where one takes over, and the flatter one wins behind.
      double here = entries.get(i).secondsAt(x);
      assertThat(entries.get(i + 1).secondsAt(x)).isCloseTo(here, within(1e-9 * here));
      assertThat(entries.get(i + 1).uplinkBits()).isLessThan(entries.get(i).uplinkBits());
      assertThat(entries.get(i + 1).fixedSeconds()).isGreaterThan(entries.get(i).fixedSeconds());
    }
    assertThat(entries.get(entries.size() - 1).plan().isLocal()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void pricesItsEntriesAsTheCostModelDoes(long seed) {
    Observation observation = withLinks(RandomProblems.dag(seed, 30));
    PlanTable table = ExactTable.of(observation, 1);
    for (double x : rates(table, seed, 5)) {
      PlanTable.Entry entry = entryAt(table, x);
      Observation there = RandomProblems.atUplink(observation, new Bandwidth(1 / x));
      double seconds = CostModel.estimate(entry.plan(), there).seconds();
      assertThat(entry.secondsAt(x)).isCloseTo(seconds, within(1e-9 * seconds));
    }
  }

  static void equalsSolvingAnew(Observation observation, long seed) {
    PlanTable table = ExactTable.of(observation, 1);
    MinCut whole = new MinCut();
    for (double x : rates(table, seed, 1_000)) {
      Observation there = RandomProblems.atUplink(one(observation), new Bandwidth(1 / x));
      double best = whole.plan(there).entries().get(0).secondsAt(x);
      assertThat(entryAt(table, x).secondsAt(x))
          .as("at %s s/bit", x)
          .isCloseTo(best, within(1e-9 * best));
    }
  }

  /** Random abscissas over all decades, and every breakpoint with a step to either side. */
  private static List<Double> rates(PlanTable table, long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rates.add(Math.pow(10, random.nextDouble(-12, -2)));
    }
    for (double breakpoint : table.breakpoints()) {
      rates.addAll(List.of(breakpoint * (1 - 1e-6), breakpoint, breakpoint * (1 + 1e-6)));
    }
    return rates;
  }

  private static PlanTable.Entry entryAt(PlanTable table, double x) {
    return table.entries().get(table.indexAt(x));
  }

  private static Observation one(Observation o) {
    return new Observation(o.graph(), o.device(), o.power(), o.servers().subList(0, 1), o.demand());
  }

  /** The same problem with a downlink that works, so that the table has more than one entry. */
  private static Observation withLinks(Observation o) {
    return new Observation(
        o.graph(),
        o.device(),
        o.power(),
        o.servers().stream().map(ExactTablesTest::withDownlink).toList(),
        o.demand());
  }

  private static ServerState withDownlink(ServerState server) {
    LinkState link = server.link();
    return new ServerState(
        server.node(),
        new LinkState(link.up(), Bandwidth.mbps(100), link.rttSeconds(), link.upError()));
  }
}
