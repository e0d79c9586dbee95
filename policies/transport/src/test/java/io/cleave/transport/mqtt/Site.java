package io.cleave.transport.mqtt;

import io.cleave.broker.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to a broker; all that a test opened are closed with it. */
final class Site implements AutoCloseable {
  static final long LIMIT_SECONDS = 60;

  private final Deque<MqttConnection> connections = new ArrayDeque<>();
  private final String host;
  private final int port;

  /** With a broker that others may use too: topics keep tests apart. */
  Site(BrokerProcess broker) {
    this(broker.address(), broker.port());
  }

  /** With the broker, or what stands in front of it, at that port. */
  Site(String host, int port) {
    this.host = host;
    this.port = port;
  }

  MqttSettings settings() {
    return MqttSettings.plain(host, port);
  }

  /** Not opened yet, and closed at the end. */
  MqttConnection connection(MqttIdentity identity) {
    return connection(settings(), identity, Patience.usual());
  }

  MqttConnection connection(MqttSettings settings, MqttIdentity identity, Patience patience) {
    MqttConnection connection = new MqttConnection(settings, identity, patience, new Random(1));
    connections.push(connection);
    return connection;
  }

  /** Open and connected, with no trace at the broker. */
  MqttConnection connected(String clientId) {
    MqttConnection connection = connection(MqttIdentity.silent(clientId));
    connection.open();
    await(reaches(connection, MqttState.CONNECTED));
    return connection;
  }

  static CompletableFuture<Void> reaches(MqttConnection connection, MqttState wanted) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    connection.onState(
        state -> {
          if (state == wanted) {
            reached.complete(null);
          }
        });
    return reached;
  }

  /** Messages of a filter, as they come. */
  static BlockingQueue<Arrival> inbox(MqttConnection connection, String filter) {
    BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();
    await(connection.listen(filter, Qos.AT_LEAST_ONCE, inbox::add));
    return inbox;
  }

  static String text(Arrival arrival) {
    return new String(arrival.payload(), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  static Arrival next(BlockingQueue<Arrival> inbox) throws InterruptedException {
    return Optional.ofNullable(inbox.poll(LIMIT_SECONDS, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("No message within " + LIMIT_SECONDS + " s."));
  }

  /** Says "birth 1", "will 1" and "farewell 1" to the topic, in the next session 2, and so on. */
  static MqttIdentity agent(String clientId, String topic) {
    AtomicInteger epoch = new AtomicInteger();
    return new MqttIdentity(
        clientId,
        () -> {
          int number = epoch.incrementAndGet();
          return new MqttIdentity.Session(
              Optional.of(Publication.kept(topic, bytes("birth " + number))),
              Optional.of(Publication.kept(topic, bytes("will " + number))),
              Optional.of(Publication.kept(topic, bytes("farewell " + number))));
        });
  }

  static Patience quick() {
    return new Patience(
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3));
  }

  @Override
  public void close() {
    connections.forEach(MqttConnection::close);
  }
}
