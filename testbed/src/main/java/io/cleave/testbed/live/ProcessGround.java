package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final Map<String, OpenLinks> open = new HashMap<>(); // by the device's name

  /** A device's links and where they lead. */
  private record OpenLinks(List<Link> links, ProgramSettings.Ways ways) {}

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
    GivenModel.of(plan).forEach(model -> model.store(models));
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
  public Hand server(Experiment.Server server) {
    Map<String, String> told = settings().server(server, controllerPort);
    return agent(server.machine().name(), AgentHeap.megabytes(plan.networks()), told);
  }

  @Override
  public void links(Resident device, Map<String, String> servers, Instant start) {
    open.computeIfAbsent(device.name(), any -> opened(device, servers))
        .links()
        .forEach(link -> link.begin(start));
  }

  private OpenLinks opened(Resident device, Map<String, String> servers) {
    List<Link> links = new ArrayList<>();
    RunningBroker far = broker.orElseThrow();
    InetSocketAddress toBroker = new InetSocketAddress(far.host(), far.port());
    Map<String, InetSocketAddress> toServers = new LinkedHashMap<>();
    for (Resident.Way way : device.ways()) {
      Link link = Link.open(way.trace(), QueueBound.standard());
      started.add("link of " + device.name(), link::close);
      links.add(link);
      for (String server : way.servers()) {
        String at = Objects.requireNonNull(servers.get(server));
        int colon = at.lastIndexOf(':');
        int port = Integer.parseInt(at.substring(colon + 1));
        toServers.put(server, link.route(at.substring(0, colon), port).near());
      }
      if (way.broker()) {
        toBroker = link.route(far.host(), far.port()).near();
      }
    }
    return new OpenLinks(links, new ProgramSettings.Ways(toBroker, toServers));
  }

  @Override
  public Hand device(Resident device, Instant start) {
    ProgramSettings.Ways ways = Objects.requireNonNull(open.get(device.name())).ways();
    int heap = AgentHeap.megabytes(List.of(device.network()));
    return agent(device.name(), heap, settings().device(device, ways, start));
  }

  private Hand agent(String name, int heap, Map<String, String> told) {
    Path log = plan.folders().logs().resolve(name + ".log");
    Path jar = plan.settings().home().agent();
    Program program = run(Launch.quarkus(name, jar, heap, told, log), line -> {});
    return new Hand(
        () -> program.ready(Fleet.PATIENCE, stop),
        () -> {
          programs.remove(program);
          program.close(); // once more at the end does nothing
        },
        () -> {
          programs.remove(program);
          program.kill();
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
