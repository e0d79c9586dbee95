package io.cleave.testbed.bench;

import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.partition.ExactTable;
import io.cleave.policies.partition.ExactTables;
import io.cleave.policies.partition.MinCut;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.units.Bandwidth;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision of each kind for a Raspberry Pi 3B beside a desktop. Uplink rates go round from 0.25
 * to 64 Mbit/s, where the best cut wanders through the whole network, so that no planner can live
 * on one lucky case.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PlannerBenchmark {
  private static final int RATES = 16; // a power of two

  /** A network of the zoo. */
  @Param({"resnet50", "inceptionv4"})
  public String network = "";

  private final MinCut minCut = new MinCut();
  private final BlockMinCut blockMinCut = new BlockMinCut();
  private final ExactTables exactTables = new ExactTables();
  private Bandwidth[] rates = {};
  private Observation[] observations = {};
  private PushRelabelCut[] opponents = {};
  private PlanTable[] tables = {};
  private int turn;

  /** Builds the network and its problems once. */
  @Setup
  public void prepare() {
    BenchScene scene = BenchScene.of(Zoo.byName(network));
    rates =
        IntStream.range(0, RATES)
            .mapToObj(i -> Bandwidth.mbps(0.25 * Math.pow(256, i / (RATES - 1.0))))
            .toArray(Bandwidth[]::new);
    observations =
        IntStream.range(0, RATES).mapToObj(i -> scene.at(rates[i])).toArray(Observation[]::new);
    opponents =
        IntStream.range(0, RATES)
            .mapToObj(i -> new PushRelabelCut(observations[i]))
            .toArray(PushRelabelCut[]::new);
    tables = new PlanTable[] {exactTables.table(observations[0], 1)};
  }

  /** QDMP: block by block. */
  @Benchmark
  public PlanTable blockMinCut() {
    return blockMinCut.plan(observations[next()]);
  }

  /** DADS light: our own flow on the whole network, the problem's set-up included. */
  @Benchmark
  public PlanTable minCut() {
    return minCut.plan(observations[next()]);
  }

  /** The opponent: push-relabel of JGraphT on the same cut, its graph built before. */
  @Benchmark
  public double pushRelabel() {
    return opponents[next()].seconds();
  }

  /** All breakpoints, the network prepared before. */
  @Benchmark
  public PlanTable table() {
    return exactTables.table(observations[next()], 1);
  }

  /** All breakpoints for a network never seen before. */
  @Benchmark
  public PlanTable tableFromNothing() {
    return ExactTable.of(observations[next()], 1);
  }

  /** What the agent does before every frame. */
  @Benchmark
  public PlanTable.Entry lookup() {
    return tables[0].at(rates[next()]);
  }

  private int next() {
    turn = (turn + 1) & (RATES - 1);
    return turn;
  }
}
