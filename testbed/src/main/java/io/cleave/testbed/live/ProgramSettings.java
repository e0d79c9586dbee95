package io.cleave.testbed.live;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.plan.Demand;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.world.Reporting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What each program of a fleet is told, in the words of its documentation. */
final class ProgramSettings {
  private final FleetPlan plan;
  private final RunningBroker broker;

  ProgramSettings(FleetPlan plan, RunningBroker broker) {
    this.plan = plan;
    this.broker = broker;
  }

  Map<String, String> controller() {
    Reporting reporting = plan.scenario().reporting();
    SwitchRule rule = plan.experiment().conduct().switching();
    Map<String, String> settings = common(broker.host(), broker.port(), plan.settings().port());
    String prefix = "cleave.controller.";
    settings.put(prefix + "planner", plan.cell().planner().toString());
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

  Map<String, String> server(Experiment.Node node, int controllerPort) {
    Map<String, String> settings = agent(node, "server", controllerPort);
    settings.putAll(common(broker.host(), broker.port(), 0));
    settings.put("cleave.agent.data-port", "0");
    settings.put("cleave.agent.data-advertise", "127.0.0.1");
    return settings;
  }

  /**
   * The device's, whose every word goes through the emulated link.
   *
   * @param toBroker the link's way to the broker
   * @param toServers its ways to the servers, by name
   * @param start of the frames and the trace
   */
  Map<String, String> device(
      InetSocketAddress toBroker, Map<String, InetSocketAddress> toServers, Instant start) {
    Experiment.Node node = plan.device();
    Demand demand = plan.scenario().workload().demand();
    Map<String, String> settings = agent(node, "device", 0);
    settings.remove("cleave.agent.controller-url"); // it has its model, and no way but the link
    settings.putAll(common(toBroker.getHostString(), toBroker.getPort(), 0));
    toServers.forEach(
        (server, at) ->
            settings.put(
                "cleave.agent.route.\"%s\"".formatted(server),
                "%s:%d".formatted(at.getHostString(), at.getPort())));
    settings.put("cleave.agent.model", model());
    plan.cell()
        .network()
        .inputs()
        .forEach(
            (input, shape) ->
                settings.put(
                    "cleave.agent.model.inputs.\"%s\"".formatted(input), shape.toString()));
    settings.put(
        "cleave.agent.frames", images().map(folder -> "labelled:" + folder).orElse("seeded"));
    settings.put("cleave.agent.frames-per-second", Double.toString(demand.framesPerSecond()));
    settings.put(
        "cleave.agent.arrivals",
        plan.scenario().workload().arrivals().name().toLowerCase(Locale.ROOT));
    settings.put("cleave.agent.seed", Long.toString(plan.cell().seed()));
    settings.put("cleave.agent.frames-start", start.toString());
    if (!plan.settings().openEnd()) {
      settings.put("cleave.agent.frames-during", text(plan.scenario().workload().seconds()));
    }
    if (demand.deadlineSeconds() < Double.POSITIVE_INFINITY) {
      settings.put("cleave.agent.deadline", text(demand.deadlineSeconds()));
    }
    settings.put("cleave.agent.seconds-per-joule", Double.toString(demand.secondsPerJoule()));
    settings.put("cleave.agent.frames-file", plan.folders().framesFile().toString());
    SwitchRule rule = plan.experiment().conduct().switching();
    settings.put("cleave.agent.min-gain", Double.toString(rule.minGain()));
    settings.put("cleave.agent.switch-cost", Double.toString(rule.switchSeconds()));
    if (rule.holdSeconds() > 0) {
      settings.put("cleave.agent.hold", text(rule.holdSeconds()));
    }
    return settings;
  }

  /** Labelled images are shown to networks with exits only. */
  Optional<Path> images() {
    return plan.cell().network().exits().isPresent()
        ? plan.experiment().inputs().images().map(images -> images.folder().toAbsolutePath())
        : Optional.empty();
  }

  private Map<String, String> agent(Experiment.Node node, String role, int controllerPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleave.agent.name", node.machine().name());
    settings.put("cleave.agent.roles", role);
    settings.put("cleave.agent.device-class", node.type().id());
    settings.put("cleave.agent.pace", "class");
    settings.put("cleave.agent.controller-url", "http://127.0.0.1:%d".formatted(controllerPort));
    settings.put(
        "cleave.agent.report-interval", text(plan.scenario().reporting().intervalSeconds()));
    settings.put("cleave.agent.state", state(node.machine().name()).toString());
    return settings;
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

  private String model() {
    String origin = plan.cell().network().origin();
    return origin.startsWith("zoo:") ? origin : Path.of(origin).toAbsolutePath().toString();
  }

  private Path state(String name) {
    return plan.folders().state().resolve(name);
  }

  private static String text(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9)).toString();
  }
}
