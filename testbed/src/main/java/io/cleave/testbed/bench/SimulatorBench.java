package io.cleave.testbed.bench;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.world.Arrivals;
import io.cleave.testbed.world.LoadSeries;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.PlannerFactory;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Reporting;
import io.cleave.testbed.world.RunTally;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.SimulatedWorld;
import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * How many frames the simulated world gets through in a second of real time, and how much memory it
 * keeps: AlexNet, a chain, between a Jetson TX2 and a cloud GPU over a seeded link that changes its
 * rate every second.
 */
public final class SimulatorBench {
  private static final double FRAMES_PER_SECOND = 30;
  private static final int STEPS = 600;

  private SimulatorBench() {}

  /** What is measured. */
  public enum Work {
    /** One plan for the whole run: prefix, upload, rest, answer. */
    FIXED_PLAN(1_000_000, SimulatorBench::fixed),
    /** QDMP plans anew at each report, once a second. */
    REPLANNED(100_000, BlockMinCut::new);

    private final double target;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference holds no state
    private final Supplier<Planner> planner;

    Work(double target, Supplier<Planner> planner) {
      this.target = target;
      this.planner = planner;
    }

    /** Frames per second of real time that are asked for. */
    public double target() {
      return target;
    }
  }

  /**
   * Frames per second of real time over independent runs, one thread each.
   *
   * @param simulatedSeconds of each run
   * @param threads that run at once
   */
  public static double framesPerWallSecond(Work work, double simulatedSeconds, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<RunTally>> runs = new ArrayList<>();
      for (int seed = 0; seed < threads; seed++) {
        long own = seed;
        runs.add(pool.submit(() -> run(work, scenario(simulatedSeconds, STEPS), own)));
      }
      long frames = 0;
      for (Future<RunTally> run : runs) {
        frames += run.get().frames();
      }
      return frames * 1e9 / (System.nanoTime() - start);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("A run of the benchmark failed.", e);
    } finally {
      pool.shutdown();
    }
  }

  /**
   * Bytes of heap that are in use after a collection in the last frames of a run, beside those in
   * use before it.
   *
   * @param simulatedSeconds of the run
   * @param steps of the recording; the recording itself is not counted
   */
  public static long heapBytes(double simulatedSeconds, int steps) {
    Scenario scenario = scenario(simulatedSeconds, steps);
    long before = usedBytes();
    long[] inside = {0};
    long last = (long) (simulatedSeconds * FRAMES_PER_SECOND) - 10;
    new SimulatedWorld()
        .run(
            scenario,
            PlannerFactory.of(Work.FIXED_PLAN.planner.get()),
            SwitchRule.none(),
            1,
            frame -> {
              if (frame.frame() == last) {
                inside[0] = usedBytes();
              }
            });
    return inside[0] - before;
  }

  private static RunTally run(Work work, Scenario scenario, long seed) {
    long[] late = {0};
    return new SimulatedWorld()
        .run(
            scenario,
            PlannerFactory.of(work.planner.get()),
            SwitchRule.none(),
            seed,
            frame -> late[0] += frame.latencySeconds() > 1 ? 1 : 0);
  }

  private static Scenario scenario(double seconds, int steps) {
    Machine device = machine("device", DeviceClass.JETSON_TX2);
    RemoteMachine server =
        new RemoteMachine(machine("server", DeviceClass.CLOUD_GPU), link(steps), LoadSeries.IDLE);
    return new Scenario(
        Zoo.ALEXNET.graph(),
        device,
        List.of(server),
        new Scenario.Workload(
            Arrivals.PERIODIC, new Demand(FRAMES_PER_SECOND, Double.POSITIVE_INFINITY, 0), seconds),
        new Reporting(1, 0.05));
  }

  private static Machine machine(String name, DeviceClass kind) {
    return new Machine(name, kind.profile(), kind.energy());
  }

  /** A seeded walk between 20 and 80 Mbit/s. */
  private static Trace link(int steps) {
    SplittableRandom random = new SplittableRandom(7);
    double[] starts = new double[steps + 1];
    double[] rates = new double[steps];
    for (int i = 0; i < steps; i++) {
      starts[i + 1] = i + 1.0;
      rates[i] = (20 + 60 * random.nextDouble()) * 1e6;
    }
    Capacity capacity = new Capacity(starts, rates);
    return new Trace("bench", "seeded", capacity, capacity, RoundTrip.constant(0.02));
  }

  /** AlexNet cut behind its last pooling layer, whatever is observed. */
  private static Planner fixed() {
    return observation -> {
      int cut = observation.graph().size() - 8;
      Plan plan = Plan.split(observation.graph(), LayerSet.range(0, cut), 1);
      return PlanTable.constant(new PlanTable.Entry(plan, 0, 1));
    };
  }

  @SuppressWarnings("SystemGc") // to see what is really kept
  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
