package io.cleave.testbed.live;

import io.cleave.policies.wire.Capabilities;
import io.cleave.testbed.experiment.Experiment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs of one cell: broker, controller, servers, the emulated link and the device behind
 * it, on whatever ground.
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
    watching.add("roll call", roll::close);
    before = System.nanoTime();
    String dashboard = ground.controller();
    narrator.up("controller", dashboard, since(before));
    long servedFrom = System.nanoTime();
    Map<String, String> servers = servers(roll);
    // The device is the same program, with a model to make.
    Duration lead = LEAST_LEAD.plus(since(servedFrom));
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Instant start = Instant.now().plus(lead);
      ground.link(servers, start);
      if (device(roll, start)) {
        return start;
      }
      lead = lead.multipliedBy(2);
    }
    throw new ProgramFailed(
        "%s was never ready for its first frame; this machine may be too busy."
            .formatted(plan.device().machine().name()));
  }

  /** Where they take data, by name. */
  private Map<String, String> servers(RollCall roll) {
    long before = System.nanoTime();
    List<Experiment.Server> servers = plan.experiment().site().servers();
    List<Hand> started = new ArrayList<>();
    for (Experiment.Server server : servers) { // all at once, then one is waited for after another
      started.add(ground.server(server.node()));
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    for (int i = 0; i < started.size(); i++) {
      Experiment.Node node = servers.get(i).node();
      started.get(i).ready().run();
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

  /** True if the device was there before its first frame. */
  private boolean device(RollCall roll, Instant start) {
    long before = System.nanoTime();
    Experiment.Node node = plan.device();
    Hand device = ground.device(start);
    device.ready().run();
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
    device.end().run();
    roll.awaitGone(node.machine().name(), PATIENCE);
    return false;
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
