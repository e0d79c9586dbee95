package io.cleave.testbed.site;

import io.cleave.policies.plan.Demand;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Network;
import io.cleave.testbed.world.LoadSeries;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.Presence;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.SiteScenario;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Draws the devices of a site: each with a network, a class, a frame rate between half and one and
 * a half of the experiment's, and links to some of the servers, each a recording of its own begun
 * at a moment of its own. Equal seeds draw equal sites, whoever is to manage them.
 */
public final class SiteMaker {
  private static final double LASTING_SECONDS = 3_600; // beyond any run's end

  private final Experiment experiment;
  private final Experiment.Crowd crowd;

  /**
   * A device that was drawn.
   *
   * @param node name and class
   * @param network that it runs
   * @param scenario all that the simulated world knows of it
   */
  public record Drawn(Experiment.Node node, Network network, Scenario scenario) {}

  /**
   * @param experiment that has a crowd
   */
  public SiteMaker(Experiment experiment) {
    this.experiment = experiment;
    this.crowd = experiment.site().crowd().orElseThrow();
  }

  /** The site of a seed. */
  public SiteScenario site(long seed) {
    Map<String, Double> losses = new HashMap<>();
    crowd
        .course()
        .losses()
        .forEach(loss -> losses.merge(loss.server(), loss.atSeconds(), Math::min));
    return new SiteScenario(devices(seed).stream().map(Drawn::scenario).toList(), losses);
  }

  /** Its devices. */
  public List<Drawn> devices(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<LoadSeries> loads =
        experiment.site().servers().stream().map(each -> each.load().series(seed)).toList();
    List<Drawn> devices = new ArrayList<>();
    for (int device = 0; device < crowd.devices(); device++) {
      devices.add(device(device + 1, loads, random.split()));
    }
    return devices;
  }

  private Drawn device(int number, List<LoadSeries> loads, SplittableRandom random) {
    Network network = any(experiment.inputs().networks(), random);
    DeviceClass type = any(crowd.classes(), random);
    Demand mean = experiment.conduct().demands().get(0);
    double framesPerSecond = mean.framesPerSecond() * random.nextDouble(0.5, 1.5);
    Demand demand =
        new Demand(framesPerSecond, mean.deadlineSeconds(), mean.weights(), 0, mean.bounds());
    double seconds =
        experiment
            .conduct()
            .seconds()
            .orElseThrow(() -> new IllegalStateException("A site runs for some seconds."));
    Machine machine =
        new Machine(
            "device-%d".formatted(number),
            type.profile(),
            type.energy(),
            experiment.site().device().machine().memoryBytes());
    Scenario scenario =
        new Scenario(
            network.graph(),
            machine,
            reached(machine.name(), loads, random),
            new Scenario.Workload(
                experiment.conduct().arrivals(), demand, seconds, presence(seconds, random)),
            experiment.conduct().reporting(),
            network.exits());
    return new Drawn(new Experiment.Node(machine, type, false), network, scenario);
  }

  private Presence presence(double seconds, SplittableRandom random) {
    return crowd
        .course()
        .churn()
        .map(
            churn ->
                Presence.random(churn.staySeconds(), churn.awaySeconds(), seconds, random.split()))
        .orElse(Presence.ALWAYS);
  }

  private List<RemoteMachine> reached(
      String device, List<LoadSeries> loads, SplittableRandom random) {
    List<Integer> order = new ArrayList<>();
    for (int server = 0; server < loads.size(); server++) {
      order.add(server);
    }
    Collections.shuffle(order, new Random(random.nextLong()));
    return order.subList(0, crowd.reach()).stream()
        .sorted()
        .map(server -> reached(device, server, loads.get(server), random))
        .toList();
  }

  private RemoteMachine reached(
      String device, int number, LoadSeries load, SplittableRandom random) {
    Experiment.Server server = experiment.site().servers().get(number);
    Trace trace = any(experiment.inputs().traces(), random);
    Trace link = TraceTurn.of(trace, random.nextDouble(trace.periodSeconds()));
    for (Experiment.Move move : crowd.course().moves()) {
      boolean concerns = move.server().map(server.machine().name()::equals).orElse(true);
      if (concerns && move.device().equals(device)) {
        link = TraceChange.of(link, move.atSeconds(), move.trace(), LASTING_SECONDS);
      }
    }
    return new RemoteMachine(
        server.machine(), link, load, experiment.conduct().calls(), server.capacity());
  }

  private static <T> T any(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }
}
