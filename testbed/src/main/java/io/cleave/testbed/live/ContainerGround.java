package io.cleave.testbed.live;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.traces.OwnCsv;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** Programs in containers on a network of their own; only broker and dashboard are published. */
final class ContainerGround implements Ground {
  private static final String CONFIGURATION =
      """
      listener 1883
      allow_anonymous true
      set_tcp_nodelay true
      max_inflight_messages 0
      max_queued_messages 100000
      log_dest stderr
      """;
  private static final int CONTROLLER_HEAP = 256;
  private static final String TRACE = "/var/lib/cleave/trace.csv";
  private static final long FETCH_NANOS = 1_000_000_000;

  private final FleetPlan plan;
  private final ContainerEngine engine;
  private final Narrator narrator;
  private final Stop stop;
  private final Started started;
  private final ContainerSettings settings;
  private final Network network;
  private final List<ContainerProgram> programs = new ArrayList<>();
  private final Map<String, ContainerProgram> links = new HashMap<>(); // by their names
  private final Map<String, ContainerProgram> devices = new HashMap<>(); // by name
  private long fetched = System.nanoTime();

  ContainerGround(FleetPlan plan, ContainerEngine engine, Narrator narrator, Stop stop) {
    this.plan = plan;
    this.engine = engine;
    this.narrator = narrator;
    this.stop = stop;
    this.started = new Started(narrator);
    this.network = Network.newNetwork(); // made when its first container is
    this.settings =
        new ContainerSettings(
            plan,
            new RunningBroker(
                "mosquitto", "mosquitto", ContainerSettings.MQTT, () -> true, () -> {}));
  }

  @Override
  public RunningBroker broker() {
    started.add("network", network::close);
    GenericContainer<?> mosquitto =
        container(engine.mosquitto(), "mosquitto")
            .withCopyToContainer(Transferable.of(CONFIGURATION), "/mosquitto/config/mosquitto.conf")
            .waitingFor(Wait.forLogMessage(".*running.*", 1));
    publish(mosquitto, ContainerSettings.MQTT, 0);
    ContainerProgram program = run("mosquitto", mosquitto);
    program.ready(Fleet.PATIENCE, stop);
    int port = program.port(ContainerSettings.MQTT);
    return new RunningBroker("mosquitto", "127.0.0.1", port, () -> true, program::close);
  }

  @Override
  public String controller() {
    narrator.say("Building the images ...");
    CleaveHome home = plan.settings().home();
    home.controller();
    home.agent(); // complain before anything is built
    engine.build(home, "agents", "target/quarkus-app");
    engine.build(home, "testbed", "target/lib", "target/classes");
    stop.check();
    String image = engine.build(home, "controller", "target/quarkus-app");
    GenericContainer<?> controller =
        quarkus(image, "controller", settings.controller(), CONTROLLER_HEAP);
    GivenModel.of(plan).stream()
        .flatMap(model -> model.store(plan.folders().state().resolve("models")).stream())
        .forEach(file -> copy(file, ContainerSettings.MODELS + file.getFileName(), controller));
    publish(controller, ContainerSettings.HTTP, plan.settings().port());
    ContainerProgram program = run("controller", controller);
    program.ready(Fleet.PATIENCE, stop);
    return "http://127.0.0.1:%d/".formatted(program.port(ContainerSettings.HTTP));
  }

  @Override
  public Hand server(Experiment.Server server) {
    String name = server.machine().name();
    int heap = AgentHeap.megabytes(plan.networks());
    ContainerProgram program = run(name, agent(name, settings.server(server), heap));
    return hand(program);
  }

  @Override
  public void links(Resident device, Map<String, String> servers, Instant start) {
    for (int i = 0; i < device.ways().size(); i++) {
      String name = ContainerSettings.link(device, i);
      Optional.ofNullable(links.remove(name)).ifPresent(this::end); // a beginning is a new link
      links.put(name, run(name, emulator(name, device.ways().get(i), servers, start)));
    }
  }

  private GenericContainer<?> emulator(
      String name, Resident.Way way, Map<String, String> servers, Instant start) {
    Trace trace = way.trace();
    List<String> words = new ArrayList<>(List.of("link", "--bind", "0.0.0.0"));
    words.addAll(List.of("--trace", TRACE));
    words.addAll(List.of("--begin", Double.toString(start.toEpochMilli() / 1e3)));
    if (!trace.roundTrip().isMeasured()) {
      words.addAll(List.of("--rtt-ms", Double.toString(1e3 * trace.roundTrip().at(0))));
    }
    if (way.broker()) {
      words.addAll(List.of("--route", "1883=mosquitto:1883"));
    }
    for (int i = 0; i < way.servers().size(); i++) {
      String far = Objects.requireNonNull(servers.get(way.servers().get(i)));
      words.addAll(List.of("--route", "%d=%s".formatted(ContainerSettings.port(i), far)));
    }
    return container(DockerImageName.parse("cleave/testbed:built"), name)
        .withCopyToContainer(Transferable.of(text(trace)), TRACE)
        .withCommand(words.toArray(String[]::new))
        .waitingFor(Wait.forLogMessage(".*ready.*", 1));
  }

  @Override
  public Hand device(Resident device, Instant start) {
    for (int i = 0; i < device.ways().size(); i++) {
      Objects.requireNonNull(links.get(ContainerSettings.link(device, i)))
          .ready(Fleet.PATIENCE, stop);
    }
    String name = device.name();
    int heap = AgentHeap.megabytes(List.of(device.network()));
    GenericContainer<?> container = agent(name, settings.device(device, start), heap);
    GivenModel.of(device.network().origin())
        .ifPresent(
            model -> {
              copy(model.file(), ContainerSettings.MODEL, container);
              model.answers().ifPresent(file -> copy(file, ContainerSettings.ANSWERS, container));
            });
    device.images().ifPresent(folder -> copyAll(folder, ContainerSettings.IMAGES, container));
    ContainerProgram program = run(name, container);
    devices.put(name, program);
    return hand(program);
  }

  private Hand hand(ContainerProgram program) {
    return new Hand(
        () -> program.ready(Fleet.PATIENCE, stop),
        () -> end(program),
        () -> {
          programs.remove(program);
          program.kill();
        });
  }

  /** File by file: a folder copied with the rights of a file could not be entered. */
  private static void copyAll(Path folder, String to, GenericContainer<?> container) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> copy(file, to + file.getFileName(), container));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path file, String to, GenericContainer<?> container) {
    container.withCopyFileToContainer(MountableFile.forHostPath(file, 0644), to);
  }

  private GenericContainer<?> agent(String name, Map<String, String> told, int heap) {
    return quarkus("cleave/agents:built", name, told, heap);
  }

  private GenericContainer<?> quarkus(
      String image, String name, Map<String, String> told, int heapMegabytes) {
    return container(DockerImageName.parse(image), name)
        .withEnv(
            "JAVA_TOOL_OPTIONS", "-Xmx%dm -XX:+ExitOnOutOfMemoryError".formatted(heapMegabytes))
        .withCopyToContainer(Transferable.of(ContainerSettings.text(told)), ContainerSettings.FILE)
        .waitingFor(Wait.forLogMessage(".*Listening on: http.*", 1));
  }

  private GenericContainer<?> container(DockerImageName image, String name) {
    return new GenericContainer<>(image)
        .withNetwork(network)
        .withNetworkAliases(name)
        .withStartupTimeout(Fleet.PATIENCE);
  }

  /** At this machine's loopback only: nobody else is to talk to an open broker. */
  private static void publish(GenericContainer<?> container, int inside, int outside) {
    Ports.Binding binding =
        outside == 0
            ? Ports.Binding.bindIp("127.0.0.1")
            : Ports.Binding.bindIpAndPort("127.0.0.1", outside);
    container
        .withExposedPorts(inside)
        .withCreateContainerCmdModifier(
            command -> bind(command, new PortBinding(binding, ExposedPort.tcp(inside))));
  }

  private static void bind(CreateContainerCmd command, PortBinding port) {
    Objects.requireNonNull(command.getHostConfig()).withPortBindings(port);
  }

  private ContainerProgram run(String name, GenericContainer<?> container) {
    stop.check();
    ContainerProgram program =
        ContainerProgram.start(name, container, plan.folders().logs().resolve(name + ".log"));
    started.add(name, program::close);
    programs.add(program);
    return program;
  }

  /** Before the others; closing it once more at the end does nothing. */
  private void end(ContainerProgram program) {
    programs.remove(program);
    program.close();
  }

  private static String text(Trace trace) {
    StringBuilder text = new StringBuilder();
    try {
      OwnCsv.write(trace, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return text.toString();
  }

  @Override
  public void check() {
    long now = System.nanoTime();
    if (now - fetched >= FETCH_NANOS && !stop.asked()) {
      fetched = now;
      fetch();
      if (!stop.asked()) { // who ends this program may have ended the containers before us
        programs.forEach(ContainerProgram::check);
      }
    }
  }

  private void fetch() {
    for (Resident device : plan.devices()) {
      Optional.ofNullable(devices.get(device.name()))
          .flatMap(program -> program.read(ContainerSettings.FRAMES))
          .ifPresent(bytes -> write(bytes, device.framesFile()));
    }
  }

  private static void write(byte[] bytes, Path file) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    started.add("frames", this::fetch); // what was answered while devices went down
    devices.forEach((name, program) -> started.add(name, program::stop));
    started.close();
  }
}
