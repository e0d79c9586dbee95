package io.cleave.testbed.bench;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.partition.ExactTable;
import io.cleave.policies.partition.ExactTables;
import io.cleave.policies.partition.MinCut;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.units.Bandwidth;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
 * One decision of each kind. Problems go round: a weak device beside a desktop at 0.25 to 64
 * Mbit/s, in turn with a stronger device beside an uneven server at 16 Mbit/s to 4 Gbit/s, so that
 * no planner can live on one lucky case.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PlannerBenchmark {
  private static final int PROBLEMS = 16; // a power of two

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
    DnnGraph graph = Zoo.byName(network).graph();
    BenchScene weak = BenchScene.weakDevice(graph);
    BenchScene uneven = BenchScene.unevenServer(graph);
    rates = new Bandwidth[PROBLEMS];
    observations = new Observation[PROBLEMS];
    for (int i = 0; i < PROBLEMS; i++) {
      double mbps = 0.25 * Math.pow(256, i / (PROBLEMS - 1.0));
      rates[i] = Bandwidth.mbps(i % 2 == 0 ? mbps : 64 * mbps);
      observations[i] = (i % 2 == 0 ? weak : uneven).at(rates[i]);
    }
    opponents = Arrays.stream(observations).map(PushRelabelCut::new).toArray(PushRelabelCut[]::new);
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
    turn = (turn + 1) & (PROBLEMS - 1);
    return turn;
  }
}
