package io.cleave.testbed.bench;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.Topics;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One agent of a crowd: reports a link whose rate it draws anew each time, so that each report asks
 * for a new plan, and takes the time until the next plan.
 */
final class CrowdAgent {
  private static final double SLOWEST_MBPS = 0.5;
  private static final double FASTEST_MBPS = 40;
  private static final List<Double> RATIOS = List.of(0.5, 0.8, 1.0, 1.2, 1.5);

  private final String name;
  private final List<String> servers;
  private final Topics topics;
  private final Mqtt5AsyncClient client;
  private final SplittableRandom random;
  private final AtomicLong sentNanos = new AtomicLong(); // of the unanswered report; 0: none
  private long sequence;

  /**
   * @param servers that it has links to; none for a server
   */
  CrowdAgent(String name, List<String> servers, Topics topics, Mqtt5AsyncClient client, long seed) {
    this.name = name;
    this.servers = List.copyOf(servers);
    this.topics = topics;
    this.client = client;
    this.random = new SplittableRandom(seed);
  }

  /** Connects, listens for plans, and is born. */
  CompletableFuture<Void> join(Capabilities capabilities, LatencySample latencies) {
    byte[] birth = WireJson.write(new Status(name, 1, Optional.of(capabilities)));
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        plan -> {
          long sent = sentNanos.getAndSet(0);
          if (sent != 0) {
            latencies.add(System.nanoTime() - sent);
          }
        });
    return client
        .connectWith()
        .keepAlive(120)
        .send()
        .thenCompose(
            ack ->
                client
                    .subscribeWith()
                    .topicFilter(topics.plan(name))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send())
        .thenCompose(ack -> publish(topics.status(name), birth, true))
        .thenAccept(sent -> {});
  }

  /** Sends the next report at QoS 1; done when the broker has it. */
  CompletableFuture<Void> report() {
    List<LinkReport> links = servers.stream().map(this::link).toList();
    Report report =
        new Report(name, new Stamp(1, sequence++), LoadReport.IDLE, links, List.of(), 0);
    byte[] json = WireJson.write(report);
    if (!servers.isEmpty()) {
      sentNanos.set(System.nanoTime());
    }
    return publish(topics.report(name), json, false).thenAccept(sent -> {});
  }

  /** True if the last report still waits for its plan. */
  boolean waits() {
    return sentNanos.get() != 0;
  }

  CompletableFuture<Void> leave() {
    return publish(topics.status(name), WireJson.write(Status.offline(name, 1)), true)
        .thenCompose(sent -> client.disconnect());
  }

  private LinkReport link(String server) {
    double span = Math.log(FASTEST_MBPS / SLOWEST_MBPS);
    double rate = 1e6 * SLOWEST_MBPS * Math.exp(span * random.nextDouble());
    return new LinkReport(server, rate, rate, 0.03, RATIOS);
  }

  private CompletableFuture<?> publish(String topic, byte[] payload, boolean retain) {
    return client
        .publishWith()
        .topic(topic)
        .payload(payload)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retain)
        .send();
  }
}
