package io.cleave.testbed.reproduce;

import io.cleave.policies.graph.Cut;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.BottleneckCut;
import io.cleave.policies.partition.ChainSplit;
import io.cleave.policies.partition.ExactTables;
import io.cleave.policies.partition.MinCut;
import io.cleave.policies.partition.Objective;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.testbed.reproduce.DadsSetup.Outcome;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Hu et al., "Dynamic Adaptive DNN Surgery", INFOCOM 2019: five networks, four uplinks. */
public final class DadsReproduction {
  private static final double LIGHT_FPS = 0.1;
  private static final double HEAVY_FPS = 20;
  private static final int FRAMES = 100;

  private final DnnGraph resnet = Zoo.RESNET18.graph();
  private final List<DnnGraph> networks =
      List.of(
          Zoo.NIN.graph(), Zoo.TINY_YOLOV2.graph(), Zoo.VGG16.graph(), Zoo.ALEXNET.graph(), resnet);
  private final DadsSetup setup = DadsSetup.fitted(resnet);

  /** Computes every table; some seconds. */
  public Reproduction run() {
    List<Section> sections = new ArrayList<>();
    sections.add(sweep());
    sections.add(tinyYolo());
    sections.add(light());
    sections.add(heavy());
    sections.add(cuts());
    return new Reproduction(
        "Hu, Bao, Wang, Liu: Dynamic Adaptive DNN Surgery, INFOCOM 2019",
        String.format(
            Locale.ROOT,
            "Raspberry Pi 3B (%.1fx slower than our class) and cloud (%.1fx slower than our desktop), fitted to two figures, marked *.",
            setup.deviceFactor(),
            setup.cloudFactor()),
        sections);
  }

  private record Uplink(String name, double mbps, double latency, double throughput) {}

  private Section sweep() {
    List<Comparison> rows = new ArrayList<>();
    for (Uplink uplink :
        List.of(
            new Uplink("CAT1 0.13 Mbit/s", 0.13, 1.46, 2.03),
            new Uplink("3G 1.1 Mbit/s", 1.1, 4.14, 8.3),
            new Uplink("4G 5.85 Mbit/s", DadsSetup.LTE_MBPS, 7.23, 9.78),
            new Uplink("WiFi 18.88 Mbit/s", DadsSetup.WIFI_MBPS, 8.32, 9.31))) {
      Observation seen = setup.observation(resnet, uplink.mbps(), LIGHT_FPS);
      Outcome local = DadsSetup.outcome(Plan.local(seen.graph()), seen);
      Outcome cut = DadsSetup.outcome(new MinCut(), seen);
      String fitted = uplink.mbps() > 5 ? " *" : "";
      rows.add(
          new Comparison(
              uplink.name() + ": latency" + fitted,
              uplink.latency(),
              local.seconds() / cut.seconds()));
      rows.add(
          new Comparison(
              uplink.name() + ": throughput",
              uplink.throughput(),
              local.busiest() / cut.busiest()));
    }
    return new Section("ResNet-18, light load, speed-up against device alone", rows, List.of());
  }

  /** Frames of 224 x 352 in fp32 have the sizes that the paper gives. */
  private Section tinyYolo() {
    DnnGraph network = Zoo.TINY_YOLOV2.graph(224, 352);
    int pool5 = lastPoolButOne(network);
    Cut cut = network.cut(LayerSet.range(0, pool5 + 1));
    Observation wifi = setup.asGiven(network, 18, LIGHT_FPS);
    Observation slow = setup.asGiven(network, 4, LIGHT_FPS);
    Plan remote = Plan.split(network, LayerSet.of(0), 1);
    double sendInput = DadsSetup.outcome(remote, slow).seconds();
    double best = DadsSetup.outcome(new MinCut(), slow).seconds();
    return new Section(
        "tiny YOLOv2 on frames of 224 x 352",
        List.of(
            new Comparison("input, MB", 0.95, network.inputSize().bytes() / 1e6),
            new Comparison("behind the fifth pool, MB", 0.08, cut.size().bytes() / 1e6),
            new Comparison(
                "latency at 18 Mbit/s, s", 0.59, DadsSetup.outcome(new MinCut(), wifi).seconds()),
            new Comparison(
                "saved by the best cut at 4 Mbit/s, %", 62, 100 * (1 - best / sendInput))),
        List.of("Cut at 18 Mbit/s: " + where(wifi) + "; at 4 Mbit/s: " + where(slow) + "."));
  }

  private static int lastPoolButOne(DnnGraph network) {
    int[] pools =
        IntStream.range(0, network.size())
            .filter(i -> network.layer(i).kind() == LayerKind.POOL)
            .toArray();
    return pools[pools.length - 2];
  }

  private static String where(Observation seen) {
    Plan plan = new MinCut().plan(seen).entries().get(0).plan();
    return plan.isLocal()
        ? "all local"
        : "behind " + seen.graph().layer(plan.near().stream().max().orElse(0)).name();
  }

  private Section light() {
    Contest contest = new Contest(new MinCut(), LIGHT_FPS, 1); // frames do not meet
    List<Comparison> rows = new ArrayList<>();
    rows.addAll(contest.rows("latency against device alone", 1.91, 6.45, Contest::latencyGain));
    rows.addAll(
        contest.rows("throughput against device alone", 3.45, 8.31, Contest::throughputGain));
    return new Section(
        "Five networks, light load (0.1 frames/s), least and most speed-up at 4G",
        rows,
        List.of(
            "Our notes of the paper do not say under which uplink its bars were measured; 4G is taken."));
  }

  private Section heavy() {
    Contest contest = new Contest(new BottleneckCut(), HEAVY_FPS, FRAMES);
    List<Comparison> rows = new ArrayList<>();
    rows.addAll(contest.rows("latency against device alone", 1.66, 5.19, Contest::latencyGain));
    rows.addAll(
        contest.rows("throughput against device alone", 4.34, 9.14, Contest::throughputGain));
    return new Section(
        "Five networks, heavy load (20 frames/s, 100 frames), least and most speed-up at 4G",
        rows,
        List.of());
  }

  private Section cuts() {
    Observation seen = setup.observation(resnet, 1, LIGHT_FPS);
    PlanTable table = new ExactTables().table(seen, 1);
    double[] breakpoints = table.breakpoints();
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < table.entries().size(); i++) {
      int last = table.entries().get(i).plan().near().stream().max().orElse(0);
      String where =
          i == table.entries().size() - 1
              ? "all local"
              : "behind " + seen.graph().layer(last).name();
      String down = i < breakpoints.length ? rate(breakpoints[i]) : "0";
      notes.add(String.format(Locale.ROOT, "cut %-22s down to %s Mbit/s", where, down));
    }
    notes.add(chainAgainstCut());
    return new Section(
        "ResNet-18, where it is cut (paper: conv2, conv3, conv7 as the rate falls to 3.41, 2.15, 1.72 Mbit/s)",
        List.of(),
        notes);
  }

  private String chainAgainstCut() {
    double most = 1;
    for (double mbps : new double[] {0.13, 1.1, DadsSetup.LTE_MBPS, DadsSetup.WIFI_MBPS}) {
      Observation seen = setup.observation(resnet, mbps, LIGHT_FPS);
      double chain = DadsSetup.outcome(new ChainSplit(Objective.LATENCY), seen).seconds();
      most = Math.max(most, chain / DadsSetup.outcome(new MinCut(), seen).seconds());
    }
    return String.format(
        Locale.ROOT,
        "Neurosurgeon on the sorted layers takes at most %.2f of the min cut's time here; see the docs for why the paper saw more.",
        most);
  }

  private static String rate(double secondsPerBit) {
    return String.format(Locale.ROOT, "%.2f", 1e-6 / secondsPerBit);
  }

  /** One planner on all networks at the 4G uplink. */
  private final class Contest {
    private final List<Gain> gains = new ArrayList<>();

    private record Gain(double latency, double throughput) {}

    Contest(Planner planner, double framesPerSecond, int frames) {
      for (DnnGraph network : networks) {
        Observation seen = setup.observation(network, DadsSetup.LTE_MBPS, framesPerSecond);
        Outcome local = DadsSetup.outcome(Plan.local(seen.graph()), seen);
        Outcome cut = DadsSetup.outcome(planner, seen);
        gains.add(
            new Gain(
                local.queued(frames, framesPerSecond) / cut.queued(frames, framesPerSecond),
                local.busiest() / cut.busiest()));
      }
    }

    static double latencyGain(Gain gain) {
      return gain.latency();
    }

    static double throughputGain(Gain gain) {
      return gain.throughput();
    }

    List<Comparison> rows(String what, double least, double most, ToDoubleFunction<Gain> figure) {
      DoubleSummaryStatistics range = gains.stream().mapToDouble(figure).summaryStatistics();
      return List.of(
          new Comparison(what + ", least", least, range.getMin()),
          new Comparison(what + ", most", most, range.getMax()));
    }
  }
}
