package io.cleave.testbed.live;

import static org.awaitility.Awaitility.await;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera, servers, a controller and a broker as processes, a fast steady link to each server, and
 * somebody who pulls the plugs. Frames come in evenly for as long as it is open.
 */
final class FaultyFleet implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: https?://[^ ]*?:(\\d+)");
  private static final Pattern FINISHED =
      Pattern.compile("cleave_runs_total\\{[^}]*what=\"finished\"[^}]*\\} ([0-9.E]+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final FleetPlan plan;
  private final ProgramSettings settings;
  private final RollCall roll;
  private final Map<String, Link> links = new LinkedHashMap<>(); // by server
  private final Map<String, Map<String, String>> told = new LinkedHashMap<>(); // by server
  private final Map<String, Program> servers = new LinkedHashMap<>(); // by name
  private final Instant start;
  private final FrameTail tail;
  private final List<MeasuredFrame> frames = new ArrayList<>();
  private BrokerProcess broker;
  private Program controller;
  private final Program device;
  private int starts;

  /**
   * Starts them.
   *
   * @param experiment with one model, one planner and one steady trace, {@code steady.csv}, of 100
   *     Mbit/s
   */
  FaultyFleet(Path folder, String experiment) throws IOException {
    broker = BrokerProcess.start(BrokerSettings.local());
    BrokerChoice choice = new BrokerChoice.Running(broker.address(), broker.port());
    RunningBroker running = choice.start(folder);
    plan = plan(folder, choice, experiment);
    settings = new ProgramSettings(plan, running);
    roll = new RollCall(running, plan.site(), new Stop());
    controller = controllerProcess();
    plan.servers().forEach(this::startFirst);
    Resident camera = plan.devices().get(0);
    start = Instant.now().plusSeconds(8);
    Map<String, InetSocketAddress> ways = new LinkedHashMap<>();
    links.forEach((server, link) -> ways.put(server, link.route("127.0.0.1", port(server)).near()));
    InetSocketAddress toBroker =
        links.values().iterator().next().route(broker.address(), broker.port()).near();
    links.values().forEach(link -> link.begin(start));
    device =
        program(
            "camera",
            plan.settings().home().agent(),
            settings.device(camera, new ProgramSettings.Ways(toBroker, ways), start));
    tail =
        new FrameTail(
            camera.framesFile(), new FramesFile(plan.serverNames(), camera.network().graph()));
  }

  private void startFirst(Experiment.Server server) {
    String name = server.node().machine().name();
    Map<String, String> settingsOf = settings.server(server, port(controller));
    told.put(name, settingsOf);
    startServer(name);
    String at = roll.await(name, PATIENCE).orElseThrow().dataAddress().orElseThrow();
    // where it is found again
    settingsOf.put("cleave.agent.data-port", at.substring(at.lastIndexOf(':') + 1));
    links.put(
        name,
        Link.open(plan.devices().get(0).ways().get(links.size()).trace(), QueueBound.standard()));
  }

  private int port(String server) {
    return Integer.parseInt(
        Objects.requireNonNull(
            Objects.requireNonNull(told.get(server)).get("cleave.agent.data-port")));
  }

  private static FleetPlan plan(Path folder, BrokerChoice broker, String text) throws IOException {
    Files.writeString(
        folder.resolve("steady.csv"),
        "t_s,down_mbps,up_mbps,rtt_ms\n0,100,100,10\n1,100,100,10\n2,100,100,10\n");
    Path file = Files.writeString(folder.resolve("faults.yaml"), text);
    Experiment experiment =
        ExperimentFile.read(file, new Setting.Fields("test", Map.of()), PlannerCatalog.standard());
    Cell cell = experiment.cells().get(0);
    return FleetPlan.of(
        experiment,
        cell,
        experiment.scenario(cell),
        LocalSettings.open(broker, 0),
        new FleetPlan.Folders(folder.resolve("logs"), folder.resolve("state")));
  }

  private Program controllerProcess() {
    Map<String, String> told = settings.controller();
    Path models = Path.of(Objects.requireNonNull(told.get("cleave.controller.models")));
    GivenModel.of(plan).forEach(model -> model.store(models));
    return program("controller", plan.settings().home().controller(), told);
  }

  private Program program(String name, Path jar, Map<String, String> told) {
    Path log = plan.folders().logs().resolve("%s-%d.log".formatted(name, ++starts));
    Program program = Program.start(Launch.quarkus(name, jar, 400, told, log), LISTENING);
    program.ready(PATIENCE, new Stop());
    return program;
  }

  private static int port(Program quarkus) {
    return Integer.parseInt(quarkus.ready(PATIENCE, new Stop()).group(1));
  }

  void killServer(String name) {
    Objects.requireNonNull(servers.get(name)).kill();
  }

  void startServer(String name) {
    startServer(name, Map.of());
  }

  /** It takes so many times as long as it and everybody thinks. */
  void startServerMistaken(String name, double times) {
    startServer(name, Map.of("cleave.agent.pace-mistaken", Double.toString(times)));
  }

  private void startServer(String name, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(Objects.requireNonNull(told.get(name)));
    all.putAll(more);
    servers.put(name, program(name, plan.settings().home().agent(), all));
  }

  /** How many pieces and slices a server has run since it was started. */
  long runs(String name) {
    int port = port(Objects.requireNonNull(servers.get(name)));
    Matcher finished = FINISHED.matcher(metrics(port));
    if (!finished.find()) {
      throw new IllegalStateException("%s counts no runs.".formatted(name));
    }
    return Math.round(Double.parseDouble(finished.group(1)));
  }

  private String metrics(int port) {
    URI page = URI.create("http://127.0.0.1:%d/q/metrics".formatted(port));
    try {
      return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted.", error);
    }
  }

  void killBroker() {
    broker.kill();
  }

  void startBroker() {
    broker = broker.startAgain();
  }

  void killController() {
    controller.kill();
  }

  void startController() {
    controller = controllerProcess();
  }

  /** Waits for a decision after a time whose reason is as wanted; tells when it was heard. */
  double told(double after, Predicate<String> wanted) {
    await().atMost(PATIENCE).until(() -> heard(after, wanted) < Double.POSITIVE_INFINITY);
    return heard(after, wanted);
  }

  private double heard(double after, Predicate<String> wanted) {
    return roll.decisions().stream()
        .filter(line -> wanted.test(line.decision().grounds().text()))
        .mapToDouble(line -> since(line.unixSeconds()))
        .filter(at -> at >= after)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** What the device takes for a frame by itself. */
  double aloneSeconds() {
    DnnGraph graph = plan.devices().get(0).network().graph();
    return DeviceClass.RASPBERRY_PI_3B.profile().times(graph).run(graph.all());
  }

  Link link(String server) {
    return Objects.requireNonNull(links.get(server));
  }

  /** Frames that come in each second. */
  double framesPerSecond() {
    return plan.devices().get(0).workload().demand().framesPerSecond();
  }

  /** Seconds since the first frame was due. */
  double now() {
    return Duration.between(start, Instant.now()).toNanos() / 1e9;
  }

  /** All frames of a time, once each of them is answered: what comes in must come out. */
  List<MeasuredFrame> frames(double from, double to) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> now() > to && answered() > to * framesPerSecond());
    return frames.stream().filter(frame -> at(frame) >= from && at(frame) < to).toList();
  }

  /** Waits for a frame that came in after a time and is as wanted; tells when it came in. */
  double frame(double after, Predicate<MeasuredFrame> wanted) {
    await().atMost(PATIENCE).until(() -> first(after, wanted) < Double.POSITIVE_INFINITY);
    return first(after, wanted);
  }

  private double first(double after, Predicate<MeasuredFrame> wanted) {
    answered();
    return frames.stream()
        .filter(frame -> at(frame) >= after && wanted.test(frame))
        .mapToDouble(this::at)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** How many frames are answered from number 0 on without a gap. */
  long answered() {
    device.check();
    frames.addAll(tail.next());
    frames.sort(Comparator.comparingLong(MeasuredFrame::number));
    int whole = 0;
    while (whole < frames.size() && frames.get(whole).number() == whole) {
      whole++;
    }
    return whole;
  }

  /** When a frame came in, in seconds since the first was due. */
  double at(MeasuredFrame frame) {
    return since(frame.arrivalUnixSeconds());
  }

  private double since(double unixSeconds) {
    return unixSeconds - (start.getEpochSecond() + start.getNano() * 1e-9);
  }

  @Override
  public void close() {
    device.close();
    links.values().forEach(Link::close);
    servers.values().forEach(Program::close);
    controller.close();
    roll.close();
    broker.close();
  }
}
