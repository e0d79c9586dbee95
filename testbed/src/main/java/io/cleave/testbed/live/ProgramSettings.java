package io.cleave.testbed.live;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.wire.Capacity;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Network;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.Reporting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What each program of a fleet is told, in the words of its documentation. */
final class ProgramSettings {
  private final FleetPlan plan;
  private final RunningBroker broker;

  ProgramSettings(FleetPlan plan, RunningBroker broker) {
    this.plan = plan;
    this.broker = broker;
  }

  Map<String, String> controller() {
    Reporting reporting = plan.conduct().reporting();
    SwitchRule rule = plan.conduct().switching();
    Map<String, String> settings = common(broker.host(), broker.port(), plan.settings().port());
    String prefix = "cleave.controller.";
    settings.put(prefix + "planner", plan.conduct().planner().toString());
    settings.put(prefix + "targeting", plan.conduct().targeting().id());
    settings.put(prefix + "min-gain", Double.toString(rule.minGain()));
    settings.put(prefix + "hold", text(rule.holdSeconds()));
    settings.put(prefix + "switch-cost", text(rule.switchSeconds()));
    // As the simulated controller has it.
    settings.put(
        prefix + "lease", text(10 * reporting.intervalSeconds() + 2 * reporting.delaySeconds()));
    settings.put(
        prefix + "max-report-age",
        text(3 * reporting.intervalSeconds() + reporting.delaySeconds()));
    settings.put(prefix + "models", state("controller").resolve("models").toString());
    settings.put(prefix + "state", state("controller").toString());
    return settings;
  }

  Map<String, String> server(Experiment.Server server, int controllerPort) {
    Map<String, String> settings = agent(server.node(), "server", controllerPort);
    settings.putAll(common(broker.host(), broker.port(), 0));
    settings.put("cleave.agent.data-port", "0");
    settings.put("cleave.agent.data-advertise", "127.0.0.1");
    Capacity capacity = server.capacity();
    if (capacity.devices() < Capacity.ANY.devices()) {
      settings.put("cleave.agent.serve-devices", Integer.toString(capacity.devices()));
    }
    if (capacity.modelBytes() < Capacity.ANY.modelBytes()) {
      settings.put("cleave.agent.serve-megabytes", Double.toString(capacity.modelBytes() / 1e6));
    }
    return settings;
  }

  /**
   * By which ways a device reaches others.
   *
   * @param broker where it finds the broker
   * @param servers the emulated links' ports, by the server's name
   */
  record Ways(InetSocketAddress broker, Map<String, InetSocketAddress> servers) {}

  /**
   * A device's, which sends its tensors through emulated links.
   *
   * @param start of the frames and the traces
   */
  Map<String, String> device(Resident device, Ways ways, Instant start) {
    Demand demand = device.workload().demand();
    Map<String, String> settings = agent(device.node(), "device", 0);
    settings.remove("cleave.agent.controller-url"); // it has its model, and no way but the links
    settings.putAll(common(ways.broker().getHostString(), ways.broker().getPort(), 0));
    ways.servers()
        .forEach(
            (server, at) ->
                settings.put(
                    "cleave.agent.route.\"%s\"".formatted(server),
                    "%s:%d".formatted(at.getHostString(), at.getPort())));
    settings.put("cleave.agent.model", model(device.network()));
    device
        .network()
        .inputs()
        .forEach(
            (input, shape) ->
                settings.put(
                    "cleave.agent.model.inputs.\"%s\"".formatted(input), shape.toString()));
    settings.put(
        "cleave.agent.frames",
        device.images().map(folder -> "labelled:" + folder).orElse("seeded"));
    settings.put("cleave.agent.frames-per-second", Double.toString(demand.framesPerSecond()));
    settings.put(
        "cleave.agent.arrivals", device.workload().arrivals().name().toLowerCase(Locale.ROOT));
    settings.put("cleave.agent.seed", Long.toString(device.seed()));
    settings.put("cleave.agent.frames-start", start.toString());
    if (!plan.settings().openEnd()) {
      settings.put("cleave.agent.frames-during", text(device.workload().seconds()));
    }
    if (demand.deadlineSeconds() < Double.POSITIVE_INFINITY) {
      settings.put("cleave.agent.deadline", text(demand.deadlineSeconds()));
    }
    Weights weights = demand.weights();
    settings.put("cleave.agent.seconds-per-joule", Double.toString(weights.perJoule()));
    settings.put("cleave.agent.seconds-per-point", Double.toString(weights.perPoint()));
    settings.put(
        "cleave.agent.seconds-per-server-second", Double.toString(weights.perServerSecond()));
    Bounds bounds = demand.bounds();
    if (bounds.seconds() < Double.POSITIVE_INFINITY) {
      settings.put("cleave.agent.bound-latency", text(bounds.seconds()));
    }
    settings.put("cleave.agent.bound-loss-points", Double.toString(bounds.lossPoints()));
    settings.put("cleave.agent.bound-watts", Double.toString(bounds.watts()));
    settings.put("cleave.agent.frames-file", device.framesFile().toString());
    settings.put("cleave.agent.energy-file", device.energyFile().toString());
    SwitchRule rule = plan.conduct().switching();
    settings.put("cleave.agent.min-gain", Double.toString(rule.minGain()));
    settings.put("cleave.agent.switch-cost", Double.toString(rule.switchSeconds()));
    if (rule.holdSeconds() > 0) {
      settings.put("cleave.agent.hold", text(rule.holdSeconds()));
    }
    return settings;
  }

  private Map<String, String> agent(Experiment.Node node, String role, int controllerPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleave.agent.name", node.machine().name());
    settings.put("cleave.agent.roles", role);
    settings.put("cleave.agent.device-class", node.type().id());
    settings.put("cleave.agent.memory-mib", memory(node.machine()));
    settings.put("cleave.agent.kept-slices-mib", Long.toString(keptMegabytes()));
    settings.put("cleave.agent.pace", "class");
    settings.put("cleave.agent.controller-url", "http://127.0.0.1:%d".formatted(controllerPort));
    settings.put(
        "cleave.agent.report-interval", text(plan.conduct().reporting().intervalSeconds()));
    settings.put("cleave.agent.state", state(node.machine().name()).toString());
    return settings;
  }

  private long keptMegabytes() {
    int agents = plan.servers().size() + plan.devices().size();
    return KeptSlices.megabytes(agents, AgentHeap.megabytes(plan.networks()));
  }

  private static String memory(Machine machine) {
    return machine.memoryBytes() == NodeState.UNLIMITED
        ? "unlimited"
        : Double.toString(machine.memoryBytes() / (double) (1 << 20));
  }

  private Map<String, String> common(String brokerHost, int brokerPort, int httpPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleave.site", plan.site());
    settings.put("cleave.mqtt.host", brokerHost);
    settings.put("cleave.mqtt.port", Integer.toString(brokerPort));
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.http.port", Integer.toString(httpPort));
    return settings;
  }

  private static String model(Network network) {
    String origin = network.origin();
    return origin.startsWith("zoo:") ? origin : Path.of(origin).toAbsolutePath().toString();
  }

  private Path state(String name) {
    return plan.folders().state().resolve(name);
  }

  private static String text(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9)).toString();
  }
}
