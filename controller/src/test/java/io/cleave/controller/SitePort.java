package io.cleave.controller;

import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.Arrival;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.MqttSettings;
import io.cleave.transport.mqtt.Patience;
import io.cleave.transport.mqtt.Publication;
import io.cleave.transport.mqtt.Qos;
import io.cleave.transport.mqtt.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client of the broker that speaks for any agent, and hears all plans. */
public final class SitePort implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Topics topics;
  private final MqttConnection connection;
  private final LinkedBlockingQueue<Arrival> plans = new LinkedBlockingQueue<>();

  /** Comes in to a site and waits until it hears its plans. */
  public SitePort(String host, int port, String site) {
    topics = new Topics(site);
    connection =
        new MqttConnection(
            MqttSettings.plain(host, port),
            MqttIdentity.silent("test-" + System.nanoTime()),
            Patience.usual(),
            new Random(1));
    connection.open();
    connection.listen(topics.plans(), Qos.AT_LEAST_ONCE, plans::add).toCompletableFuture().join();
  }

  /** Comes in where the booted controller is. */
  public static SitePort ofController() {
    Config config = ConfigProvider.getConfig();
    return new SitePort(
        config.getValue("cleave.mqtt.host", String.class),
        config.getValue("cleave.mqtt.port", Integer.class),
        config.getValue("cleave.site", String.class));
  }

  /** Publishes a status, retained. */
  public void say(Status status) {
    publish(Publication.kept(topics.status(status.agent()), WireJson.write(status)));
  }

  /** Publishes a report. */
  public void say(Report report) {
    publish(Publication.sure(topics.report(report.agent()), WireJson.write(report)));
  }

  /** Leaves a plan at the broker, as a controller does: all on the device, for ten minutes. */
  public void leavePlan(String agent, long version) {
    DnnGraph graph = Zoo.SMALL_CHAIN.graph();
    Instant now = Instant.now();
    Estimate estimate = Estimate.ZERO;
    Decision plan =
        new Decision(
            agent,
            version,
            List.of(),
            PlanTable.constant(new PlanTable.Entry(Plan.local(graph), 0.1, 0)),
            now.plusSeconds(600),
            new Decision.Grounds(Reason.FIRST, "left behind", estimate));
    publish(
        Publication.kept(topics.plan(agent), WireJson.write(plan, now))
            .expiringAfter(Duration.ofMinutes(10)));
  }

  /** Publishes anything and waits until the broker has it. */
  public void publish(Publication publication) {
    connection.publish(publication).toCompletableFuture().join();
  }

  public Topics topics() {
    return topics;
  }

  /** The next plan of an agent that fits; fails if none comes. */
  public Decision plan(String agent, Predicate<Decision> fits) throws InterruptedException {
    while (true) {
      Arrival arrival = arrival();
      if (arrival.topic().equals(topics.plan(agent))) {
        Decision decision = WireJson.readDecision(arrival.payload(), Instant.now());
        if (fits.test(decision)) {
          return decision;
        }
      }
    }
  }

  private Arrival arrival() throws InterruptedException {
    Arrival arrival = plans.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (arrival == null) {
      throw new AssertionError("No such plan came within %d s.".formatted(PATIENCE_SECONDS));
    }
    return arrival;
  }

  @Override
  public void close() {
    connection.close();
  }
}
