package io.cleave.agents.settings;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.Capacity;
import io.cleave.policies.wire.LoadReport;
import io.cleave.transport.json.AgentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads an agent's settings; the README lists every key. An unknown key, a missing one and a value
 * that cannot be used are refused with one line.
 */
public final class SettingsReader {
  private static final double SECONDS_OF_NANOS = 1e-9;
  private static final double MOST_SECONDS = 1e9; // that anything is worth
  private static final double LEAST_MIB = 1e-3;
  private static final double USUAL_KEPT_MIB = 2048;
  private static final double MEBI = 1 << 20;
  private static final String LABELLED = "labelled:";
  private static final int WAITING_FOR_EACH_UNDER_WAY = 2;

  private final Keys keys;

  private SettingsReader(Keys keys) {
    this.keys = keys;
  }

  /**
   * @param lookup the value of a key
   * @param present every key that was given, those of others included
   * @throws SettingsException naming the first key that is wrong
   */
  public static AgentSettings read(
      Function<String, Optional<String>> lookup, Iterable<String> present) {
    SettingsReader reader = new SettingsReader(new Keys(lookup, present));
    AgentSettings settings = reader.agent();
    reader.keys.checkAllRead();
    return settings;
  }

  private AgentSettings agent() {
    String site = name("cleave.site", keys.text("cleave.site").orElse("site-1"));
    String name =
        name(
            "cleave.agent.name",
            keys.required("cleave.agent.name", "Give the agent a name unique at its site."));
    List<String> roles = roles();
    Optional<DeviceSettings> device = Optional.of(device()).filter(d -> roles.contains("device"));
    Optional<ServerSettings> server = Optional.of(server()).filter(s -> roles.contains("server"));
    device.ifPresent(SettingsReader::checkModel);
    return new AgentSettings(
        site,
        name,
        machine(),
        device,
        server,
        keys.duration("cleave.agent.report-interval").orElse(Duration.ofSeconds(1)),
        keys.text("cleave.agent.state").map(Path::of).orElse(Path.of("cleave-state", name)),
        keys.text("cleave.agent.controller-url").map(SettingsReader::url));
  }

  private List<String> roles() {
    String key = "cleave.agent.roles";
    String allowed = "device, server, or device,server";
    List<String> roles =
        List.of(keys.required(key, "Say %s.".formatted(allowed)).split("\\s*,\\s*", -1));
    for (String role : roles) {
      if (!role.equals("device") && !role.equals("server")) {
        throw Keys.refused(key, String.join(",", roles), allowed);
      }
    }
    return roles;
  }

  private AgentSettings.MachineSettings machine() {
    String key = "cleave.agent.device-class";
    String id = keys.required(key, "Known are %s.".formatted(classes()));
    if (!classes().contains(id)) {
      throw Keys.refused(key, id, "one of %s".formatted(classes()));
    }
    boolean paced = keys.choice("cleave.agent.pace", PaceChoice.OFF) == PaceChoice.CLASS;
    double mistaken = keys.decimal("cleave.agent.pace-mistaken", 1, 1e-3, 1e3);
    if (mistaken != 1 && !paced) {
      throw Keys.refused(
          "cleave.agent.pace-mistaken",
          Double.toString(mistaken),
          "1.0 without cleave.agent.pace=class");
    }
    return new AgentSettings.MachineSettings(
        DeviceClass.byId(id),
        paced,
        mistaken,
        memoryBytes(),
        (long)
            (MEBI * keys.decimal("cleave.agent.kept-slices-mib", USUAL_KEPT_MIB, LEAST_MIB, 1e9)),
        new AgentSettings.MeterSettings(
            Path.of(keys.text("cleave.agent.meters").orElse("/sys/class")),
            keys.text("cleave.agent.energy-file").map(Path::of)));
  }

  private OptionalLong memoryBytes() {
    String key = "cleave.agent.memory-mib";
    return switch (keys.text(key).orElse("available")) {
      case "available" -> OptionalLong.empty();
      case "unlimited" -> OptionalLong.of(LoadReport.UNLIMITED);
      default -> OptionalLong.of((long) (MEBI * keys.decimal(key, LEAST_MIB, LEAST_MIB, 1e9)));
    };
  }

  /** How {@code cleave.agent.pace} is written. */
  private enum PaceChoice {
    OFF,
    CLASS
  }

  private DeviceSettings device() {
    double rate = keys.decimal("cleave.agent.frames-per-second", 1, 1e-6, 1e6);
    FrameSettings frames = frames();
    double deadline =
        keys.duration("cleave.agent.deadline")
            .map(d -> d.toNanos() * SECONDS_OF_NANOS)
            .orElse(Double.POSITIVE_INFINITY);
    double variation = frames.arrivals() == Arrivals.POISSON ? 1 : 0;
    int underWay = (int) keys.whole("cleave.agent.frames-under-way", 128, 1, 100_000);
    int waiting = WAITING_FOR_EACH_UNDER_WAY * underWay;
    Map<String, HostPort> routes = new TreeMap<>();
    keys.family("cleave.agent.route.").forEach((to, at) -> routes.put(to, HostPort.parse(at)));
    return new DeviceSettings(
        keys.text("cleave.agent.model").orElse(""),
        shapes(),
        frames,
        new Demand(rate, deadline, weights(), variation, bounds()),
        new DeviceSettings.Limits(underWay, waiting, rule()),
        routes,
        keys.text("cleave.agent.frames-file").map(Path::of));
  }

  private Weights weights() {
    return new Weights(
        keys.decimal("cleave.agent.seconds-per-joule", 0, 0, MOST_SECONDS),
        keys.decimal("cleave.agent.seconds-per-point", 0, 0, MOST_SECONDS),
        keys.decimal("cleave.agent.seconds-per-server-second", 0, 0, MOST_SECONDS));
  }

  private Bounds bounds() {
    double endless = Double.POSITIVE_INFINITY;
    return new Bounds(
        keys.duration("cleave.agent.bound-latency")
            .map(d -> d.toNanos() * SECONDS_OF_NANOS)
            .orElse(endless),
        keys.decimal("cleave.agent.bound-loss-points", endless, 0, endless),
        keys.decimal("cleave.agent.bound-watts", endless, 1e-9, endless));
  }

  private static void checkModel(DeviceSettings device) {
    if (device.model().isEmpty()) {
      throw new SettingsException(
          "cleave.agent.model is missing. A device needs zoo:NAME or an ONNX file.");
    }
  }

  private SwitchRule rule() {
    Optional<Duration> hold = keys.duration("cleave.agent.hold");
    double gain = keys.decimal("cleave.agent.min-gain", 0, 0, 0.99);
    double cost = keys.decimal("cleave.agent.switch-cost", 0, 0, 1e6);
    return new SwitchRule(
        gain, hold.map(time -> time.toNanos() * SECONDS_OF_NANOS).orElse(0.0), cost);
  }

  private Map<String, TensorShape> shapes() {
    Map<String, TensorShape> shapes = new TreeMap<>();
    String prefix = "cleave.agent.model.inputs.";
    keys.family(prefix)
        .forEach(
            (input, text) -> {
              try {
                shapes.put(input, TensorShape.parse(text));
              } catch (IllegalArgumentException notAShape) {
                throw Keys.refused(prefix + input, text, "a shape like 1x3x224x224");
              }
            });
    return shapes;
  }

  private FrameSettings frames() {
    String text = keys.text("cleave.agent.frames").orElse("none");
    FrameSettings.Order order =
        keys.choice("cleave.agent.frames-order", FrameSettings.Order.SEQUENTIAL);
    FrameSettings.Source source =
        switch (text) {
          case "none" -> new FrameSettings.None();
          case "seeded" -> new FrameSettings.Seeded();
          default ->
              text.startsWith(LABELLED)
                  ? new FrameSettings.Labelled(Path.of(text.substring(LABELLED.length())), order)
                  : new FrameSettings.Directory(Path.of(text));
        };
    return new FrameSettings(
        source,
        keys.choice("cleave.agent.arrivals", Arrivals.PERIODIC),
        keys.whole("cleave.agent.seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
        keys.instant("cleave.agent.frames-start"),
        keys.duration("cleave.agent.frames-during"));
  }

  private ServerSettings server() {
    int port = (int) keys.whole("cleave.agent.data-port", 0, 0, 65_535);
    String broker = keys.text("cleave.mqtt.host").orElse("localhost");
    Optional<String> advertised = keys.text("cleave.agent.data-advertise");
    Optional<HostPort> whole =
        advertised.filter(at -> at.matches("(\\[.*]|[^:]*):[0-9]+")).map(HostPort::parse);
    return new ServerSettings(
        port,
        whole.map(HostPort::host).or(() -> advertised),
        whole.map(HostPort::port),
        broker,
        capacity());
  }

  private Capacity capacity() {
    int any = Capacity.ANY.devices();
    double megabytes =
        keys.decimal("cleave.agent.serve-megabytes", Double.POSITIVE_INFINITY, 0, 1e12);
    return new Capacity(
        (int) keys.whole("cleave.agent.serve-devices", any, 0, any),
        (long) (1e6 * megabytes), // endless is the largest number
        1e6 * keys.decimal("cleave.agent.serve-access-mbps", Double.POSITIVE_INFINITY, 1e-3, 1e6));
  }

  private static String name(String key, String name) {
    if (!AgentName.isValid(name)) {
      throw Keys.refused(
          key, name, "1 to 64 letters, digits, dots, hyphens or underscores, and not 'controller'");
    }
    return name;
  }

  private static URI url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException notAUrl) {
      throw Keys.refused("cleave.agent.controller-url", text, "a URL like http://host:8080");
    }
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw Keys.refused("cleave.agent.controller-url", text, "a URL like http://host:8080");
    }
    return url;
  }

  private static List<String> classes() {
    return java.util.Arrays.stream(DeviceClass.values()).map(DeviceClass::id).toList();
  }
}
