package io.cleave.testbed.bench;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.ControlLoop;
import io.cleave.policies.control.Site;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.control.Terms;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.learning.Environment;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.cleave.testbed.Threads;
import io.cleave.testbed.learn.Worlds;
import io.cleave.testbed.world.WorldEnvironment;
import io.cleave.traces.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** How quick the learned policy is: in worlds to practise in, and in the controller. */
public final class PolicyBench {
  private static final List<DeviceClass> BOARDS =
      List.of(DeviceClass.RASPBERRY_PI_3B, DeviceClass.RASPBERRY_PI_4B, DeviceClass.JETSON_NANO);
  private static final List<DeviceClass> SERVERS =
      List.of(DeviceClass.LAPTOP, DeviceClass.DESKTOP, DeviceClass.CLOUD_GPU);
  private static final List<Zoo> NETWORKS = List.of(Zoo.ALEXNET, Zoo.RESNET18, Zoo.GOOGLENET);
  private static final int ERRORS = 32; // that a link's estimate is known by

  private PolicyBench() {}

  /** Quantiles of the seconds that the controller takes for a device's report. */
  public record Decisions(double median, double p99) {}

  /**
   * Steps a second in worlds for training, their making and all features included; the way is
   * always the first, since it is not the policy that is measured.
   *
   * @param worlds of each thread
   */
  public static double stepsPerSecond(int threads, long worlds) {
    AtomicLong steps = new AtomicLong();
    List<Runnable> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      long first = thread * worlds;
      tasks.add(() -> steps.addAndGet(steps(first, worlds)));
    }
    long start = System.nanoTime();
    try (Threads all = new Threads(threads)) {
      all.run(tasks);
    }
    return steps.get() * 1e9 / (System.nanoTime() - start);
  }

  private static long steps(long first, long worlds) {
    Environment environment = new WorldEnvironment(new Worlds(Split.TRAIN));
    long steps = 0;
    for (long seed = first; seed < first + worlds; seed++) {
      environment.reset(seed);
      Environment.Step step = environment.step(0);
      for (steps++; !step.last(); steps++) {
        step = environment.step(0);
      }
    }
    return steps;
  }

  /**
   * A site whose devices report one after the other, over links that change each time.
   *
   * @param reach servers that each device has links to
   * @param rounds of reports, of which the last half counts
   */
  public static Decisions decisions(int devices, int servers, int reach, int rounds) {
    Planner planner = PlannerCatalog.standard().create(PlannerSpec.parse("learned"));
    Targeting targeting = devices == 1 ? Targeting.EACH : Targeting.SWAP_MATCHING;
    Terms terms = Terms.of(SwitchRule.steady()).with(targeting);
    ControlLoop loop = new ControlLoop(site(devices, servers), planner, terms);
    SplittableRandom random = new SplittableRandom(1);
    double[] seconds = new double[devices * (rounds - rounds / 2)];
    int count = 0;
    for (int round = 0; round < rounds; round++) {
      Instant now = Instant.EPOCH.plus(Duration.ofSeconds(round));
      for (int server = 0; server < servers; server++) {
        loop.onReport(report("server-" + server, round, List.of()), now);
      }
      for (int device = 0; device < devices; device++) {
        Report report = report("device-" + device, round, links(device, servers, reach, random));
        long start = System.nanoTime();
        loop.onReport(report, now);
        if (round >= rounds / 2) {
          seconds[count++] = (System.nanoTime() - start) * 1e-9;
        }
      }
    }
    Arrays.sort(seconds);
    return new Decisions(seconds[count / 2], seconds[(int) (0.99 * count)]);
  }

  private static Site site(int devices, int servers) {
    List<DnnGraph> graphs = NETWORKS.stream().map(Zoo::graph).toList();
    List<Site.Device> boards = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      DeviceClass board = BOARDS.get(i % BOARDS.size());
      DnnGraph graph = graphs.get(i / BOARDS.size() % graphs.size());
      Demand demand = new Demand(0.3 + 0.1 * (i % 5), 2, 0);
      boards.add(new Site.Device("device-" + i, board.profile(), board.energy(), graph, demand));
    }
    List<Site.Server> machines = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      machines.add(new Site.Server("server-" + i, SERVERS.get(i % SERVERS.size()).profile()));
    }
    return new Site(boards, machines);
  }

  private static List<LinkReport> links(
      int device, int servers, int reach, SplittableRandom random) {
    List<LinkReport> links = new ArrayList<>();
    for (int i = 0; i < reach; i++) {
      double up = 1e6 * Math.pow(10, random.nextDouble(0, 2));
      List<Double> errors = new ArrayList<>();
      for (int error = 0; error < ERRORS; error++) {
        errors.add(Math.exp(random.nextDouble(-1, 0.5)));
      }
      errors.sort(Double::compare);
      String server = "server-" + (device + i) % servers;
      links.add(new LinkReport(server, up, 2 * up, 0.05, errors));
    }
    return links;
  }

  private static Report report(String agent, long sequence, List<LinkReport> links) {
    return new Report(agent, new Stamp(1, sequence), LoadReport.IDLE, links, List.of(), 0);
  }
}
