package io.cleave.testbed.reproduce;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.partition.ChainSplit;
import io.cleave.policies.partition.Expense;
import io.cleave.policies.partition.Limits;
import io.cleave.policies.partition.Objective;
import io.cleave.policies.partition.Route;
import io.cleave.policies.partition.SwitchingPath;
import io.cleave.policies.partition.TrainingPath;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.reproduce.Reproduction.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Eshratifar, Abrishami, Pedram, "JointDNN", IEEE TMC 2021: networks and link classes, inference
 * and training, for latency and for the mobile's energy. Only the abstract was read; the set-up is
 * from memory.
 */
public final class JointDnnReproduction {
  private static final double PAPER_LATENCY = 18; // "up to 18x and 32x", in the abstract
  private static final double PAPER_ENERGY = 32;
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final List<Zoo> NETWORKS =
      List.of(Zoo.ALEXNET, Zoo.VGG16, Zoo.RESNET50, Zoo.NIN, Zoo.GOOGLENET);

  /** Of one network, link and objective. */
  private record Cell(
      Zoo zoo,
      LinkClass link,
      double local,
      double server,
      double single,
      double joint,
      int blocks) {
    double overLocal() {
      return local / joint;
    }

    double overServer() {
      return server / joint;
    }

    String line(double scale) {
      return String.format(
          Locale.ROOT,
          "%-10s %-5s %10.1f %10.1f %10.1f %10.1f %9.2f %9.2f %6d",
          zoo.id(),
          link.title(),
          scale * local,
          scale * server,
          scale * single,
          scale * joint,
          overLocal(),
          overServer(),
          blocks);
    }
  }

  /** Computes every table; some seconds. */
  public Reproduction run() {
    List<Section> sections = new ArrayList<>();
    for (boolean training : new boolean[] {false, true}) {
      for (Objective objective : List.of(Objective.LATENCY, Objective.ENERGY)) {
        sections.add(section(training, objective));
      }
    }
    sections.add(limits());
    return new Reproduction(
        "Eshratifar, Abrishami, Pedram: JointDNN, arXiv 1801.08618, IEEE TMC 2021",
        "Jetson TX2 and a cloud machine of our classes, 8-bit images; set-up and links from memory.",
        sections);
  }

  private static Section section(boolean training, Objective objective) {
    List<Cell> cells = new ArrayList<>();
    for (Zoo zoo : NETWORKS) {
      for (LinkClass link : LinkClass.values()) {
        Observation seen = observation(zoo, link);
        cells.add(
            training ? trained(zoo, link, seen, objective) : inferred(zoo, link, seen, objective));
      }
    }
    boolean time = objective == Objective.LATENCY;
    String what = time ? "latency" : "device energy";
    double paper = time ? PAPER_LATENCY : PAPER_ENERGY;
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            "%-10s %-5s %10s %10s %10s %10s %9s %9s %6s",
            time ? "ms" : "mJ",
            "",
            "device",
            "server",
            "one cut",
            "jointdnn",
            "/device",
            "/server",
            "blocks"));
    cells.forEach(cell -> notes.add(cell.line(1e3)));
    notes.add(
        String.format(
            Locale.ROOT,
            "Of %d, %d change sides more than once and gain at most %.1f %% over one cut by that.",
            cells.size(),
            cells.stream().filter(cell -> cell.blocks() > 2).count(),
            100 * (most(cells, cell -> cell.single() / cell.joint()) - 1)));
    return new Section(
        "%s, least %s".formatted(training ? "Training, one image a step" : "Inference", what),
        List.of(
            new Comparison(
                what + " against the device alone, times less, up to",
                paper,
                most(cells, Cell::overLocal)),
            new Comparison(
                what + " against the server alone, times less, up to",
                paper,
                most(cells, Cell::overServer))),
        notes);
  }

  private static double most(List<Cell> cells, ToDoubleFunction<Cell> figure) {
    return cells.stream().mapToDouble(figure).max().orElseThrow();
  }

  private static Cell inferred(Zoo zoo, LinkClass link, Observation seen, Objective objective) {
    Plan server = Plan.split(seen.graph(), LayerSet.of(0), 1);
    Plan single = new ChainSplit(objective).plan(seen).entries().get(0).plan();
    Plan joint = new SwitchingPath(objective).route(seen).plan();
    return new Cell(
        zoo,
        link,
        cost(Plan.local(seen.graph()), seen, objective),
        cost(server, seen, objective),
        cost(single, seen, objective),
        cost(joint, seen, objective),
        joint.stages().size());
  }

  private static Cell trained(Zoo zoo, LinkClass link, Observation seen, Objective objective) {
    TrainingPath path = new TrainingPath(objective, Limits.NONE);
    Route joint = path.route(seen);
    return new Cell(
        zoo,
        link,
        cost(TrainingPath.local(seen), objective),
        cost(TrainingPath.split(seen, 1, 1), objective),
        cost(path.singleCut(seen).expense(), objective),
        cost(joint.expense(), objective),
        joint.plan().stages().size());
  }

  private static double cost(Plan plan, Observation seen, Objective objective) {
    return objective.cost(CostModel.estimate(plan, seen));
  }

  private static double cost(Expense expense, Objective objective) {
    return objective == Objective.LATENCY ? expense.seconds() : expense.joules();
  }

  /** What a limit costs, on a network whose layers are worth sending. */
  private static Section limits() {
    List<String> notes = new ArrayList<>();
    for (LinkClass link : List.of(LinkClass.CELLULAR_4G, LinkClass.WIFI)) {
      Observation seen = observation(Zoo.VGG16, link);
      Route fast = new SwitchingPath(Objective.LATENCY).route(seen);
      Route spare = new SwitchingPath(Objective.ENERGY).route(seen);
      double local = CostModel.estimate(Plan.local(seen.graph()), seen).seconds();
      double joules = spare.expense().joules();
      double server = fast.expense().serverSeconds();
      notes.add(told(link, "fastest", fast));
      notes.add(told(link, "least energy", spare));
      notes.add(
          told(
              link,
              "fastest with half the fastest's server",
              limited(seen, Objective.LATENCY, new Limits(NONE, 0.5 * server, NONE))));
      notes.add(
          told(
              link,
              "least server in 90 % of the device's time",
              limited(seen, Objective.SERVER, new Limits(NONE, NONE, 0.9 * local))));
      notes.add(
          told(
              link,
              "least server for 1.5 times the least energy",
              limited(seen, Objective.SERVER, new Limits(1.5 * joules, NONE, NONE))));
      notes.add(
          told(
              link,
              "fastest for 0.9 times the least energy",
              limited(seen, Objective.LATENCY, new Limits(0.9 * joules, NONE, NONE))));
    }
    return new Section("VGG16 under limits", List.of(), notes);
  }

  private static Route limited(Observation seen, Objective objective, Limits limits) {
    return new SwitchingPath(objective, limits).route(seen);
  }

  private static String told(LinkClass link, String what, Route route) {
    String broken = "";
    if (route instanceof Route.Nearest nearest) {
      broken =
          String.format(
              Locale.ROOT,
              "; none keeps the limit, this one exceeds it by %.0f %%",
              100 * nearest.excess());
    }
    return String.format(
        Locale.ROOT,
        "%-5s %-44s %7.1f ms %8.1f mJ, server %6.2f ms, %d blocks%s",
        link.title(),
        what,
        1e3 * route.expense().seconds(),
        1e3 * route.expense().joules(),
        1e3 * route.expense().serverSeconds(),
        route.plan().stages().size(),
        broken);
  }

  private static Observation observation(Zoo zoo, LinkClass link) {
    DnnGraph graph = DadsSetup.withByteInput(zoo.graph());
    NodeState cloud = new NodeState("cloud", DeviceClass.CLOUD_GPU.profile().times(graph), 0);
    return new Observation(
        graph,
        new NodeState("jetson-tx2", DeviceClass.JETSON_TX2.profile().times(graph), 0),
        DeviceClass.JETSON_TX2.energy(link.radio()),
        List.of(new ServerState(cloud, link.state())),
        new Demand(0.1, Double.POSITIVE_INFINITY, 0));
  }
}
