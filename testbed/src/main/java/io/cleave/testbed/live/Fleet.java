package io.cleave.testbed.live;

import io.cleave.policies.wire.Capabilities;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The processes of one cell: broker, controller, servers, the emulated link and the device behind
 * it. What is closed was started, and the last first.
 */
final class Fleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LEAST_LEAD = Duration.ofSeconds(8);
  private static final int ATTEMPTS = 3;
  private static final Pattern LISTENING = Pattern.compile("Listening on: https?://[^ ]*?:(\\d+)");
  private static final int CONTROLLER_HEAP = 256;

  private final FleetPlan plan;
  private final Narrator narrator;
  private final Stop stop;
  private final Deque<Part> started = new ArrayDeque<>(); // the last first
  private final List<Program> programs = new ArrayList<>();

  /**
   * What was started, and how it is ended.
   *
   * @param name for people
   */
  private record Part(String name, Runnable end) {}

  Fleet(FleetPlan plan, Narrator narrator, Stop stop) {
    this.plan = plan;
    this.narrator = narrator;
    this.stop = stop;
  }

  /**
   * Starts everything and the trace with it.
   *
   * @return when frames and trace begin
   * @throws ProgramFailed if one of them does not come up
   * @throws Stop.Asked if that comes first
   */
  Instant start() {
    long before = System.nanoTime();
    RunningBroker broker = plan.settings().broker().start(plan.folders().logs());
    started.push(new Part("broker", broker::close));
    narrator.up("broker", "%s, port %d".formatted(broker.kind(), broker.port()), since(before));
    RollCall roll = new RollCall(broker, plan.site(), stop);
    started.push(new Part("roll call", roll::close));
    ProgramSettings settings = new ProgramSettings(plan, broker);
    int port = controller(settings);
    long servedFrom = System.nanoTime();
    Map<String, InetSocketAddress> servers = servers(settings, roll, port);
    Duration took = since(servedFrom); // the device is the same program, with a model to make
    Link link = Link.open(plan.cell().trace(), QueueBound.standard());
    started.push(new Part("link", link::close));
    InetSocketAddress toBroker = link.route(broker.host(), broker.port()).near();
    Map<String, InetSocketAddress> toServers = new LinkedHashMap<>();
    servers.forEach(
        (name, at) -> toServers.put(name, link.route(at.getHostString(), at.getPort()).near()));
    Duration lead = LEAST_LEAD.plus(took);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Instant start = Instant.now().plus(lead);
      link.begin(start);
      if (device(settings.device(toBroker, toServers, start), roll, start)) {
        return start;
      }
      lead = lead.multipliedBy(2);
    }
    throw new ProgramFailed(
        "%s was never ready for its first frame; this machine may be too busy."
            .formatted(plan.device().machine().name()));
  }

  private int controller(ProgramSettings settings) {
    long before = System.nanoTime();
    Path log = plan.folders().logs().resolve("controller.log");
    Map<String, String> told = settings.controller();
    Program controller =
        plan.settings()
            .liveReload()
            .map(
                maven -> {
                  Path pom = plan.settings().home().folder().resolve("pom.xml");
                  return run(Launch.reloading(maven, pom, told, log), narrator::say);
                })
            .orElseGet(
                () -> {
                  Path jar = plan.settings().home().controller();
                  return run(
                      Launch.quarkus("controller", jar, CONTROLLER_HEAP, told, log), line -> {});
                });
    int port = Integer.parseInt(controller.ready(PATIENCE, stop).group(1));
    narrator.up("controller", "http://127.0.0.1:%d/".formatted(port), since(before));
    return port;
  }

  private Map<String, InetSocketAddress> servers(
      ProgramSettings settings, RollCall roll, int controllerPort) {
    long before = System.nanoTime();
    List<Experiment.Server> servers = plan.experiment().site().servers();
    List<Program> running = new ArrayList<>();
    for (Experiment.Server server : servers) { // all at once, then one is waited for after another
      running.add(agent(server.node(), settings.server(server.node(), controllerPort)));
    }
    Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    for (int i = 0; i < running.size(); i++) {
      Experiment.Node node = servers.get(i).node();
      running.get(i).ready(PATIENCE, stop);
      String at =
          roll.await(node.machine().name(), PATIENCE)
              .flatMap(Capabilities::dataAddress)
              .orElseThrow(() -> silent(node));
      int colon = at.lastIndexOf(':');
      addresses.put(
          node.machine().name(),
          new InetSocketAddress(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1))));
      narrator.up(
          node.machine().name(),
          "server of class %s, data at %s".formatted(node.type().id(), at),
          since(before));
    }
    return addresses;
  }

  /** True if the device was there before its first frame. */
  private boolean device(Map<String, String> settings, RollCall roll, Instant start) {
    long before = System.nanoTime();
    Experiment.Node node = plan.device();
    Program device = agent(node, settings);
    device.ready(PATIENCE, stop);
    Duration left = Duration.between(Instant.now(), start);
    if (!left.isNegative() && roll.await(node.machine().name(), left).isPresent()) {
      narrator.up(
          node.machine().name(),
          "device of class %s, %s at %s frames/s"
              .formatted(
                  node.type().id(),
                  plan.cell().network().name(),
                  plan.scenario().workload().demand().framesPerSecond()),
          since(before));
      return true;
    }
    narrator.say("%s was not ready in time; once more.".formatted(node.machine().name()));
    programs.remove(device);
    started.pop().end().run();
    roll.awaitGone(node.machine().name(), PATIENCE);
    return false;
  }

  private Program agent(Experiment.Node node, Map<String, String> settings) {
    String name = node.machine().name();
    int heap = AgentHeap.megabytes(plan.cell().network().graph());
    Path log = plan.folders().logs().resolve(name + ".log");
    return run(
        Launch.quarkus(name, plan.settings().home().agent(), heap, settings, log), line -> {});
  }

  private Program run(Launch launch, Consumer<String> echo) {
    Program program = Program.start(launch, LISTENING, echo);
    started.push(new Part(launch.name(), program::close));
    programs.add(program);
    return program;
  }

  /**
   * Complains if a program ended by itself.
   *
   * @throws ProgramFailed if one did
   */
  void check() {
    programs.forEach(Program::check);
  }

  private static ProgramFailed silent(Experiment.Node node) {
    return new ProgramFailed(
        "%s is up but did not say where it takes data.".formatted(node.machine().name()));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      Part part = started.pop();
      try {
        part.end().run();
      } catch (RuntimeException e) { // one that does not end well must not keep the others alive
        narrator.say("%s did not end well: %s".formatted(part.name(), e.getMessage()));
      }
    }
  }
}
