package io.cleave.testbed.experiment;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.Capacity;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.world.Arrivals;
import io.cleave.testbed.world.CallBytes;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Reporting;
import io.cleave.testbed.world.Scenario;
import io.cleave.traces.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * An experiment with everything looked up and read: what is left is to run it.
 *
 * @param name of the run's folder
 * @param inputs what is run over what
 * @param site who runs it
 * @param conduct how
 * @param contest who is compared, and how often
 * @param settings from which all this was made, complete
 */
public record Experiment(
    String name,
    Inputs inputs,
    Site site,
    Conduct conduct,
    Contest contest,
    Setting.Fields settings) {

  /**
   * Networks and traces, each list in the order of the results.
   *
   * @param images that devices show to networks with exits; without, the test set of the answers is
   *     replayed, and real devices show what is drawn
   */
  public record Inputs(List<Network> networks, List<Trace> traces, Optional<Images> images) {
    public Inputs {
      networks = List.copyOf(networks);
      traces = List.copyOf(traces);
    }
  }

  /**
   * Labelled images: the first of those that the exits were tested on, in their order.
   *
   * @param folder of IDX files
   * @param count of images in it
   * @param shape of one, as a network takes it
   */
  public record Images(Path folder, int count, TensorShape shape) {
    static Images of(Path folder, LabelledImages images) {
      TensorShape shape = TensorShape.of(1, images.views(), images.height(), images.width());
      return new Images(folder, images.count(), shape);
    }

    /** True if a network takes such images and nothing else. */
    public boolean fit(DnnGraph graph) {
      List<Integer> inputs = graph.layer(0).outputs();
      return inputs.size() == 1 && graph.tensor(inputs.get(0)).shape().equals(shape);
    }
  }

  /**
   * The device and the servers that can help it.
   *
   * @param crowd of devices instead of the one, if there are many
   */
  public record Site(Node device, List<Server> servers, Optional<Crowd> crowd) {
    public Site {
      servers = List.copyOf(servers);
    }
  }

  /**
   * Many devices that share the servers, each drawn at random.
   *
   * @param devices how many
   * @param classes that they are of
   * @param reach how many of the servers each can reach
   * @param targetings ways to choose who helps whom, to be compared
   * @param course what changes on the way
   */
  public record Crowd(
      int devices,
      List<DeviceClass> classes,
      int reach,
      List<Targeting> targetings,
      Course course) {
    public Crowd {
      classes = List.copyOf(classes);
      targetings = List.copyOf(targetings);
    }
  }

  /**
   * What changes on the way.
   *
   * @param losses servers that die
   * @param moves links that become others
   * @param churn how devices come and go, if they do
   */
  public record Course(List<Loss> losses, List<Move> moves, Optional<Churn> churn) {
    public Course {
      losses = List.copyOf(losses);
      moves = List.copyOf(moves);
    }
  }

  /**
   * Devices that come and go, for exponentially distributed whiles.
   *
   * @param staySeconds on average
   * @param awaySeconds on average
   */
  public record Churn(double staySeconds, double awaySeconds) {}

  /**
   * A server that dies on the way.
   *
   * @param atSeconds since frames and traces began
   * @param server by name
   */
  public record Loss(double atSeconds, String server) {}

  /**
   * A device that goes where its links are others.
   *
   * @param atSeconds since frames and traces began
   * @param device by name
   * @param server whose link becomes another; empty for the links to all servers
   * @param trace that the link follows from then on
   */
  public record Move(double atSeconds, String device, Optional<String> server, Trace trace) {}

  /**
   * A machine of the experiment.
   *
   * @param machine its speed and power
   * @param type the class that it is of, or whose power is assumed for it
   * @param measured true if its speed is a measured profile's instead of the class's
   */
  public record Node(Machine machine, DeviceClass type, boolean measured) {}

  /** A server, what others do to it, and how much it takes. */
  public record Server(Node node, LoadCourse load, Capacity capacity) {
    public Machine machine() {
      return node.machine();
    }

    /** True if nobody else uses it. */
    public boolean idle() {
      return load == LoadCourse.IDLE;
    }
  }

  /**
   * How the world behaves.
   *
   * @param demands what is asked, one after the other: alike but for deadlines and what energy is
   *     worth
   * @param calls what they carry besides tensors
   * @param seconds during which frames arrive; absent for one lap of the trace
   */
  public record Conduct(
      Arrivals arrivals,
      List<Demand> demands,
      CallBytes calls,
      Reporting reporting,
      SwitchRule switching,
      OptionalDouble seconds) {
    public Conduct {
      demands = List.copyOf(demands);
    }
  }

  /** Planners in the order of the results, the oracle among them, and the count of seeds. */
  public record Contest(List<PlannerSpec> planners, int seeds) {
    public Contest {
      planners = List.copyOf(planners);
    }
  }

  /** The same with one of its networks. */
  public Experiment of(Network network) {
    Inputs one = new Inputs(List.of(network), inputs.traces(), inputs.images());
    return new Experiment(name, one, site, conduct, contest, settings);
  }

  /** All cells: model by model, then trace, demand, planner and seed. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Network network : inputs.networks()) {
      for (Trace trace : inputs.traces()) {
        for (Demand demand : conduct.demands()) {
          String course = course(trace, demand);
          for (PlannerSpec planner : contest.planners()) {
            for (long seed = 1; seed <= contest.seeds(); seed++) {
              cells.add(new Cell(network, trace, course, demand, planner, seed));
            }
          }
        }
      }
    }
    return cells;
  }

  /**
   * The cell whose run tells what came of another: itself, or for a planner that does not know what
   * energy is worth the first that differs in nothing else.
   *
   * @param place among {@link #cells()}
   * @param blind true of such planners
   */
  int told(int place, Predicate<PlannerSpec> blind) {
    int planners = contest.planners().size() * contest.seeds();
    int prices = (int) conduct.demands().stream().map(Demand::weights).distinct().count();
    PlannerSpec planner = contest.planners().get(place % planners / contest.seeds());
    return blind.test(planner) ? place - place / planners % prices * planners : place;
  }

  /** Named after the trace, and what is asked if that is not always the same. */
  private String course(Trace trace, Demand demand) {
    StringBuilder name = new StringBuilder(trace.name());
    if (conduct.demands().stream().map(Demand::deadlineSeconds).distinct().count() > 1) {
      name.append(" in %s ms".formatted(Fixed.text(1e3 * demand.deadlineSeconds(), 0)));
    }
    if (weighsEnergy()) {
      name.append(" at weight %s".formatted(Fixed.text(energyWeight(demand), 3)));
    }
    return name.toString();
  }

  /** True if energy is weighed in more than one way. */
  public boolean weighsEnergy() {
    return conduct.demands().stream().map(Demand::weights).distinct().count() > 1;
  }

  /** What energy weighs against time, from 0 to 1, on the device of the experiment. */
  public double energyWeight(Demand demand) {
    return site.device().machine().power().weight(demand.weights().perJoule());
  }

  /** The world that a cell is run in; equal for all planners. */
  public Scenario scenario(Cell cell) {
    List<RemoteMachine> servers =
        site.servers().stream()
            .map(
                s ->
                    new RemoteMachine(
                        s.machine(), cell.trace(), s.load().series(cell.seed()), conduct.calls()))
            .toList();
    double seconds = conduct.seconds().orElse(cell.trace().periodSeconds());
    return new Scenario(
        cell.network().graph(),
        site.device().machine(),
        servers,
        new Scenario.Workload(conduct.arrivals(), cell.demand(), seconds),
        conduct.reporting(),
        cell.network().exits().map(this::shown));
  }

  private ExitStudy shown(ExitStudy study) {
    return inputs
        .images()
        .map(images -> new ExitStudy(study.calibration(), study.test().first(images.count())))
        .orElse(study);
  }
}
