package io.cleave.agents;

import io.cleave.agents.frame.Answer;
import io.cleave.agents.frame.Device;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.SettingsReader;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Status;
import io.cleave.transport.frames.SeededFrames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Agents in one process, over real sockets of the loopback; links between them can be slowed. */
final class Rig implements AutoCloseable {
  /** A network with a skip connection that takes 92 ms on the slowest class. */
  static final Map<String, String> RESIDUAL =
      Map.of(
          "cleave.agent.model", "zoo:small-residual",
          "cleave.agent.model.inputs.input", "1x3x256x256",
          "cleave.agent.device-class", "raspberry-pi-3b",
          "cleave.agent.pace", "class");

  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final List<Agent> agents = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();

  Rig(Path folder) {
    this.folder = folder;
  }

  /** An agent with these settings beside the usual ones; it and the others hear of each other. */
  Agent agent(String name, String role, Map<String, String> more) {
    Agent agent = start(name, role, more, 1);
    agents.forEach(
        other -> {
          other.hear(status(agent, 1));
          agent.hear(status(other, 1));
        });
    agents.add(agent);
    return agent;
  }

  /** An agent of whom nobody hears yet. */
  Agent start(String name, String role, Map<String, String> more, long epoch) {
    Map<String, String> all = new HashMap<>();
    all.put("cleave.agent.name", name);
    all.put("cleave.agent.roles", role);
    all.put("cleave.agent.device-class", "raspberry-pi-4b");
    all.put("cleave.agent.data-advertise", "127.0.0.1");
    all.put("cleave.agent.state", folder.resolve(name).toString());
    if (role.contains("device")) {
      all.put("cleave.agent.model", "zoo:small-chain");
    }
    all.putAll(more);
    if (!role.contains("device")) {
      all.remove("cleave.agent.model");
      all.remove("cleave.agent.model.inputs.input");
    }
    AgentSettings settings =
        SettingsReader.read(key -> Optional.ofNullable(all.get(key)), all.keySet());
    return Agent.start(settings, epoch);
  }

  /** Closed with the others. */
  Agent keep(Agent agent) {
    agents.add(agent);
    return agent;
  }

  Relay relay(Agent server) {
    Relay relay = new Relay(port(server));
    relays.add(relay);
    return relay;
  }

  static int port(Agent server) {
    return server.server().orElseThrow().address().port();
  }

  static Map<String, String> through(Relay relay, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("cleave.agent.route.edge-1", "127.0.0.1:" + relay.port());
    return all;
  }

  static Status status(Agent agent, long epoch) {
    return new Status(agent.settings().name(), epoch, Optional.of(agent.capabilities()));
  }

  static Decision decision(long version, PlanTable table) {
    Estimate estimate = Estimate.ZERO;
    return new Decision(
        "cam-1",
        version,
        List.of("edge-1"),
        table,
        Instant.now().plus(Duration.ofMinutes(10)),
        new Decision.Grounds(Reason.FOLLOWED, "by hand", estimate));
  }

  static DnnGraph graph(Agent agent) {
    return agent.device().orElseThrow().model().graph();
  }

  static CompletableFuture<Answer> post(Agent agent, long seed) {
    Device device = agent.device().orElseThrow();
    double deadline = agent.settings().device().orElseThrow().demand().deadlineSeconds();
    return device
        .infer(new SeededFrames(device.model().graph(), 0).apply(seed), deadline)
        .toCompletableFuture();
  }

  static Answer.Given given(CompletableFuture<Answer> answer) {
    try {
      return (Answer.Given) answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception none) {
      throw new AssertionError("A frame got no answer.", none);
    }
  }

  static Answer.Given run(Agent agent, long seed) {
    return given(post(agent, seed));
  }

  /** Frames one after the other until one is as it should be. */
  static Answer.Given runUntil(Agent agent, Predicate<Answer.Given> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (long seed = 0; System.nanoTime() < end; seed++) {
      Answer.Given given = run(agent, seed);
      if (wanted.test(given)) {
        return given;
      }
    }
    throw new AssertionError("No frame was as it should be.");
  }

  static boolean offloaded(Answer.Given answer) {
    return answer.record().lookup().offloaded();
  }

  /**
   * The same frame until the server is seen at work for it, which a busy machine may miss; that
   * frame is still under way.
   */
  static CompletableFuture<Answer> postUntilAtWork(Agent agent, long seed, Agent server) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      CompletableFuture<Answer> running = post(agent, seed);
      while (!running.isDone()) {
        if (!server.workshop().machine().idle()) {
          return running;
        }
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("The server was not seen at work.");
  }

  @Override
  public void close() {
    relays.forEach(Relay::close);
    agents.forEach(Agent::close);
  }
}
