package io.cleave.testbed.live;

import io.cleave.policies.wire.Capabilities;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Fixed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The programs of one run: broker, controller, servers, and devices behind emulated links, on
 * whatever ground.
 */
final class Fleet implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LEAST_LEAD = Duration.ofSeconds(8);
  private static final int ATTEMPTS = 3;

  private final FleetPlan plan;
  private final Ground ground;
  private final Narrator narrator;
  private final Stop stop;
  private final Started watching;
  private Optional<RollCall> roll = Optional.empty();
  private final Map<String, Hand> serverHands = new HashMap<>(); // by name

  Fleet(FleetPlan plan, Ground ground, Narrator narrator, Stop stop) {
    this.plan = plan;
    this.ground = ground;
    this.narrator = narrator;
    this.stop = stop;
    this.watching = new Started(narrator);
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
    RunningBroker broker = ground.broker();
    narrator.up("broker", "%s, port %d".formatted(broker.kind(), broker.port()), since(before));
    RollCall roll = new RollCall(broker, plan.site(), stop);
    this.roll = Optional.of(roll);
    watching.add("roll call", roll::close);
    before = System.nanoTime();
    String dashboard = ground.controller();
    narrator.up("controller", dashboard, since(before));
    long servedFrom = System.nanoTime();
    Map<String, String> servers = servers(roll);
    // Devices are the same program, and with links and a model they take up to four times as long.
    Duration each = since(servedFrom).dividedBy(servers.size());
    int times = Math.max(servers.size(), 4 * plan.devices().size() - 1);
    Duration lead = LEAST_LEAD.plus(each.multipliedBy(times));
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Instant start = Instant.now().plus(lead);
      plan.devices().forEach(device -> ground.links(device, servers, start));
      if (devices(roll, start)) {
        return start;
      }
      lead = lead.multipliedBy(2);
    }
    throw new ProgramFailed(
        "Devices were never ready for their first frames; this machine may be too busy.");
  }

  /** Where they take data, by name. */
  private Map<String, String> servers(RollCall roll) {
    long before = System.nanoTime();
    List<Hand> started = new ArrayList<>();
    for (Experiment.Server server : plan.servers()) { // all at once, then one after another
      started.add(ground.server(server));
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    for (int i = 0; i < started.size(); i++) {
      Experiment.Node node = plan.servers().get(i).node();
      started.get(i).ready().run();
      serverHands.put(node.machine().name(), started.get(i));
      String at =
          roll.await(node.machine().name(), PATIENCE)
              .flatMap(Capabilities::dataAddress)
              .orElseThrow(() -> silent(node));
      addresses.put(node.machine().name(), at);
      narrator.up(
          node.machine().name(),
          "server of class %s, data at %s".formatted(node.type().id(), at),
          since(before));
    }
    return addresses;
  }

  /** True if all devices were there before their first frames. */
  private boolean devices(RollCall roll, Instant start) {
    long before = System.nanoTime();
    List<Hand> started = new ArrayList<>();
    plan.devices().forEach(device -> started.add(ground.device(device, start)));
    started.forEach(hand -> hand.ready().run());
    Optional<Resident> late = Optional.empty();
    for (Resident device : plan.devices()) {
      late = late.isPresent() || there(roll, device, start, before) ? late : Optional.of(device);
    }
    if (late.isEmpty()) {
      return true;
    }
    narrator.say("%s was not ready in time; once more.".formatted(late.get().name()));
    started.forEach(hand -> hand.end().run());
    plan.devices().forEach(device -> roll.awaitGone(device.name(), PATIENCE));
    return false;
  }

  private boolean there(RollCall roll, Resident device, Instant start, long before) {
    Duration left = Duration.between(Instant.now(), start);
    boolean there = !left.isNegative() && roll.await(device.name(), left).isPresent();
    if (there) {
      narrator.up(
          device.name(),
          "device of class %s, %s at %s frames/s"
              .formatted(
                  device.node().type().id(),
                  device.network().name(),
                  Fixed.text(device.workload().demand().framesPerSecond(), 2)),
          since(before));
    }
    return there;
  }

  /** What the controller has sent so far. */
  List<Ledger.Line> decisions() {
    return roll.map(RollCall::decisions).orElse(List.of());
  }

  /** Ends a server as a power cut would. */
  void kill(String server) {
    Objects.requireNonNull(serverHands.get(server)).kill().run();
  }

  /**
   * Complains if a program ended by itself.
   *
   * @throws ProgramFailed if one did
   */
  void check() {
    ground.check();
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
    watching.close();
    ground.close();
  }
}
