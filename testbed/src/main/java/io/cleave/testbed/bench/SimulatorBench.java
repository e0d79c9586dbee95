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
import io.cleave.testbed.world.CallBytes;
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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
 * keeps: AlexNet, a chain, between a board and a cloud GPU over a seeded link that changes its rate
 * every second.
 */
public final class SimulatorBench {
  private static final int STEPS = 600;

  private SimulatorBench() {}

  /** What is measured. */
  public enum Work {
    /** A Jetson TX2, 30 frames/s, one plan for the whole run: prefix, upload, rest, answer. */
    FIXED_PLAN(1_000_000, DeviceClass.JETSON_TX2, 30, SimulatorBench::fixed),
    /** A Raspberry Pi 4B, 3 frames/s, QDMP anew at each report, once a second. */
    REPLANNED(100_000, DeviceClass.RASPBERRY_PI_4B, 3, BlockMinCut::new);

    private final double target;
    private final DeviceClass device;
    private final double framesPerSecond;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference holds no state
    private final Supplier<Planner> planner;

    Work(double target, DeviceClass device, double framesPerSecond, Supplier<Planner> planner) {
      this.target = target;
      this.device = device;
      this.framesPerSecond = framesPerSecond;
      this.planner = planner;
    }

    /** Frames per second of real time that are asked for. */
    public double target() {
      return target;
    }
  }

  /**
   * How fast frames were got through.
   *
   * @param wallRate frames per second of real time, all threads together
   * @param processorRate frames per second of processor time, times the threads: the real-time rate
   *     of a machine with nothing else to do
   */
  public record Speed(double wallRate, double processorRate) {}

  private record Lap(long frames, long processorNanos) {}

  /**
   * Measures independent runs, one thread each.
   *
   * @param frames of each run
   * @param threads that run at once
   */
  public static Speed speed(Work work, long frames, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<Lap>> laps = new ArrayList<>();
      for (int seed = 0; seed < threads; seed++) {
        long own = seed;
        laps.add(pool.submit(() -> lap(work, scenario(work, frames, STEPS), own)));
      }
      long answered = 0;
      long processorNanos = 0;
      for (Future<Lap> lap : laps) {
        answered += lap.get().frames();
        processorNanos += lap.get().processorNanos();
      }
      double wallSeconds = (System.nanoTime() - start) * 1e-9;
      return new Speed(answered / wallSeconds, threads * answered * 1e9 / processorNanos);
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
   * @param frames of the run
   * @param steps of the recording; the recording itself is not counted
   */
  public static long heapBytes(long frames, int steps) {
    Scenario scenario = scenario(Work.FIXED_PLAN, frames, steps);
    long before = usedBytes();
    long[] inside = {0};
    long last = frames - 10;
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

  private static Lap lap(Work work, Scenario scenario, long seed) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long[] late = {0};
    RunTally tally =
        new SimulatedWorld()
            .run(
                scenario,
                PlannerFactory.of(work.planner.get()),
                SwitchRule.none(),
                seed,
                frame -> late[0] += frame.latencySeconds() > 1 ? 1 : 0);
    return new Lap(tally.frames(), threads.getCurrentThreadCpuTime() - start);
  }

  private static Scenario scenario(Work work, long frames, int steps) {
    Machine device = machine("device", work.device);
    RemoteMachine server =
        new RemoteMachine(
            machine("server", DeviceClass.CLOUD_GPU), link(steps), LoadSeries.IDLE, CallBytes.NONE);
    return new Scenario(
        Zoo.ALEXNET.graph(),
        device,
        List.of(server),
        new Scenario.Workload(
            Arrivals.PERIODIC,
            new Demand(work.framesPerSecond, Double.POSITIVE_INFINITY, 0),
            frames / work.framesPerSecond),
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
