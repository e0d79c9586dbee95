package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Programs as processes of this machine, each at a port of its loopback. */
final class ProcessGround implements Ground {
  private static final Pattern LISTENING = Pattern.compile("Listening on: https?://[^ ]*?:(\\d+)");
  private static final int CONTROLLER_HEAP = 256;

  /** For a controller that is built when it is started, by a Maven that fetches what is missing. */
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(15);

  private final FleetPlan plan;
  private final Narrator narrator;
  private final Stop stop;
  private final Started started;
  private final List<Program> programs = new ArrayList<>();
  private Optional<RunningBroker> broker = Optional.empty();
  private int controllerPort;
  private Optional<OpenLink> open = Optional.empty();

  /** The link and its ways to broker and servers. */
  private record OpenLink(
      Link link, InetSocketAddress toBroker, Map<String, InetSocketAddress> toServers) {}

  ProcessGround(FleetPlan plan, Narrator narrator, Stop stop) {
    this.plan = plan;
    this.narrator = narrator;
    this.stop = stop;
    this.started = new Started(narrator);
  }

  @Override
  public RunningBroker broker() {
    RunningBroker running = plan.settings().broker().start(plan.folders().logs());
    started.add("broker", running::close);
    broker = Optional.of(running);
    return running;
  }

  private ProgramSettings settings() {
    return new ProgramSettings(plan, broker.orElseThrow());
  }

  @Override
  public String controller() {
    Path log = plan.folders().logs().resolve("controller.log");
    Map<String, String> told = settings().controller();
    Path models = Path.of(Objects.requireNonNull(told.get("cleave.controller.models")));
    GivenModel.of(plan).ifPresent(model -> model.store(models));
    Program controller =
        plan.settings()
            .liveReload()
            .map(
                maven -> {
                  Path pom = plan.settings().home().folder().resolve("pom.xml");
                  narrator.say(
                      "controller  from its sources; the first time Maven fetches what live reload needs, and that may take minutes");
                  return run(Launch.reloading(maven, pom, told, log), narrator::say);
                })
            .orElseGet(
                () -> {
                  Path jar = plan.settings().home().controller();
                  return run(
                      Launch.quarkus("controller", jar, CONTROLLER_HEAP, told, log), line -> {});
                });
    boolean built = plan.settings().liveReload().isEmpty();
    Duration patience = built ? Fleet.PATIENCE : BUILD_PATIENCE;
    controllerPort = Integer.parseInt(controller.ready(patience, stop).group(1));
    return "http://127.0.0.1:%d/".formatted(controllerPort);
  }

  @Override
  public Hand server(Experiment.Node node) {
    return agent(node, settings().server(node, controllerPort));
  }

  @Override
  public void link(Map<String, String> servers, Instant start) {
    OpenLink now = open.orElseGet(() -> opened(servers));
    open = Optional.of(now);
    now.link().begin(start);
  }

  private OpenLink opened(Map<String, String> servers) {
    Link link = Link.open(plan.cell().trace(), QueueBound.standard());
    started.add("link", link::close);
    Map<String, InetSocketAddress> toServers = new LinkedHashMap<>();
    servers.forEach(
        (name, at) -> {
          int colon = at.lastIndexOf(':');
          int port = Integer.parseInt(at.substring(colon + 1));
          toServers.put(name, link.route(at.substring(0, colon), port).near());
        });
    RunningBroker far = broker.orElseThrow();
    return new OpenLink(link, link.route(far.host(), far.port()).near(), toServers);
  }

  @Override
  public Hand device(Instant start) {
    OpenLink way = open.orElseThrow();
    return agent(plan.device(), settings().device(way.toBroker(), way.toServers(), start));
  }

  private Hand agent(Experiment.Node node, Map<String, String> told) {
    String name = node.machine().name();
    int heap = AgentHeap.megabytes(plan.cell().network().graph());
    Path log = plan.folders().logs().resolve(name + ".log");
    Path jar = plan.settings().home().agent();
    Program program = run(Launch.quarkus(name, jar, heap, told, log), line -> {});
    return new Hand(
        () -> program.ready(Fleet.PATIENCE, stop),
        () -> {
          programs.remove(program);
          started.endLast();
        });
  }

  private Program run(Launch launch, Consumer<String> echo) {
    Program program = Program.start(launch, LISTENING, echo);
    started.add(launch.name(), program::close);
    programs.add(program);
    return program;
  }

  @Override
  public void check() {
    programs.forEach(Program::check);
  }

  @Override
  public void close() {
    started.close();
  }
}
