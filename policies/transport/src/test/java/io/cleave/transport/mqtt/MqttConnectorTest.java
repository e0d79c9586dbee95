package io.cleave.transport.mqtt;

import static io.cleave.transport.mqtt.Site.await;
import static io.cleave.transport.mqtt.Site.bytes;
import static io.cleave.transport.mqtt.Site.inbox;
import static io.cleave.transport.mqtt.Site.next;
import static io.cleave.transport.mqtt.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MqttConnectorTest {
  private static final BrokerProcess BROKER = BrokerProcess.start(BrokerSettings.local());

  private final Site site = new Site(BROKER);
  private final MqttConnection connection = site.connected("application");
  private final MqttConnection outside = site.connected("outside");
  private final MqttConnector connector = new MqttConnector(() -> connection);

  @AfterAll
  static void stopTheBroker() {
    BROKER.stop();
  }

  @AfterEach
  void closeTheSite() {
    site.close();
  }

  @Test
  void handsMessagesInOneByOneAndRejectedOnesStopNothing() throws InterruptedException {
    Consumer consumer = new Consumer();
    @SuppressWarnings("unchecked") // its messages carry byte[]
    Flow.Publisher<Message<byte[]>> channel =
        (Flow.Publisher<Message<byte[]>>) connector.getPublisher(channel(Map.of("topic", "in/+")));
    channel.subscribe(consumer);
    await(connection.listen("ready", Qos.AT_LEAST_ONCE, arrival -> {}));
    for (int i = 0; i < 300; i++) {
      await(outside.publish(Publication.sure("in/" + i % 3, bytes("m" + i))));
    }
    for (int i = 0; i < 300; i++) {
      Message<byte[]> message = consumer.next();
      assertThat(message.getPayload()).asString().isEqualTo("m" + i);
      assertThat(message.getMetadata(IncomingTopic.class))
          .contains(new IncomingTopic("in/" + i % 3, false, Optional.empty()));
      await(i % 2 == 0 ? message.ack() : message.nack(new IllegalArgumentException("It is bad.")));
      await(message.ack()); // once more does nothing
    }
    assertThat(connection.counts().rejected()).isEqualTo(150);
    assertThat(consumer.messages).isEmpty();
  }

  @Test
  void publishesToTheChannelsTopicOrToTheMessagesOwn() throws InterruptedException {
    BlockingQueue<Arrival> inbox = inbox(outside, "outbound/#");
    try (SubmissionPublisher<Message<?>> source = new SubmissionPublisher<>()) {
      source.subscribe(subscriber(Map.of("topic", "outbound/usual", "qos", "0")));
      source.submit(Message.of(bytes("one")));
      assertThat(next(inbox).topic()).isEqualTo("outbound/usual");
      OutgoingTopic own =
          new OutgoingTopic("outbound/own", Optional.of(Duration.ofSeconds(90)), true);
      source.submit(Message.of(bytes("two"), List.of(own)));
      assertThat(next(inbox).topic()).isEqualTo("outbound/own");
      Arrival kept = next(inbox(site.connected("late"), "outbound/own"));
      assertThat(kept.retained()).isTrue();
      assertThat(kept.expiry()).isPresent();
    }
  }

  @Test
  void acknowledgesWhatTheBrokerHasAndNacksWhatCannotBePublished() throws InterruptedException {
    BlockingQueue<Arrival> inbox = inbox(outside, "out");
    try (SubmissionPublisher<Message<?>> source = new SubmissionPublisher<>()) {
      source.subscribe(subscriber(Map.of()));
      assertThatThrownBy(() -> await(sent(source, Message.of(bytes("nowhere")))))
          .hasMessageContaining("has no topic");
      OutgoingTopic out = new OutgoingTopic("out", Optional.empty(), false);
      assertThatThrownBy(() -> await(sent(source, Message.of("text", List.of(out)))))
          .hasMessageContaining("java.lang.String");
      OutgoingTopic wild = new OutgoingTopic("outbound/#", Optional.empty(), false);
      assertThatThrownBy(() -> await(sent(source, Message.of(bytes("all"), List.of(wild)))))
          .hasMessageContaining("wildcard");
      // More than are ever under way at a time: each one that is settled makes room.
      for (int i = 0; i < 600; i++) {
        await(sent(source, Message.of(bytes("m" + i), List.of(out))));
        assertThat(text(next(inbox))).isEqualTo("m" + i);
      }
    }
  }

  @Test
  void isReadyWhileTheConnectionStands() {
    subscriber(Map.of("topic", "t"));
    assertThat(connector.getReadiness().isOk()).isTrue();
    assertThat(connector.getLiveness().isOk()).isTrue();
    connection.close();
    assertThat(connector.getReadiness().isOk()).isFalse();
    assertThat(connector.getReadiness().getChannels())
        .singleElement()
        .satisfies(channel -> assertThat(channel.getMessage()).isEqualTo("CLOSED"));
  }

  @Test
  void readsItsConnectionFromTheConfiguration() {
    assertThat(ConfiguredConnection.settings(config(Map.of("cleave.mqtt.host", "broker"))))
        .isEqualTo(MqttSettings.plain("broker", 1883));
    MqttSettings full =
        ConfiguredConnection.settings(
            config(
                Map.of(
                    "cleave.mqtt.host", "broker",
                    "cleave.mqtt.tls", "true",
                    "cleave.mqtt.trust-store", "ca.pem",
                    "cleave.mqtt.username", "camera",
                    "cleave.mqtt.password", "secret",
                    "cleave.mqtt.keep-alive", "PT30S")));
    assertThat(full.port()).isEqualTo(8883);
    assertThat(full.keepAlive()).isEqualTo(Duration.ofSeconds(30));
    assertThat(full.login()).contains(new MqttSettings.Login("camera", "secret"));
    assertThat(full.toString()).doesNotContain("secret");
  }

  @Test
  void refusesAConfigurationThatContradictsItself() {
    assertThatThrownBy(
            () ->
                ConfiguredConnection.settings(
                    config(Map.of("cleave.mqtt.host", "b", "cleave.mqtt.username", "u"))))
        .hasMessageContaining("go together");
    assertThatThrownBy(
            () ->
                ConfiguredConnection.settings(
                    config(Map.of("cleave.mqtt.host", "b", "cleave.mqtt.trust-store", "ca.pem"))))
        .hasMessageContaining("would not be encrypted");
    assertThatThrownBy(
            () -> connector.getPublisher(channel(Map.of("topic", "t", "qos", "2"))).hashCode())
        .hasMessageContaining("QoS must be 0 or 1, not 2");
  }

  @SuppressWarnings("unchecked") // takes any message
  private Flow.Subscriber<Message<?>> subscriber(Map<String, String> attributes) {
    return (Flow.Subscriber<Message<?>>) connector.getSubscriber(channel(attributes));
  }

  private static CompletableFuture<Void> sent(
      SubmissionPublisher<Message<?>> source, Message<?> message) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    source.submit(
        message
            .withAck(
                () -> {
                  sent.complete(null);
                  return CompletableFuture.completedFuture(null);
                })
            .withNack(
                failure -> {
                  sent.completeExceptionally(failure);
                  return CompletableFuture.completedFuture(null);
                }));
    return sent;
  }

  private static Config channel(Map<String, String> attributes) {
    Map<String, String> all = new HashMap<>(attributes);
    all.put("channel-name", "a-channel");
    return config(all);
  }

  private static Config config(Map<String, String> values) {
    return new SmallRyeConfigBuilder().withDefaultValues(values).build();
  }

  /** Asks for the next message when it has the one before. */
  private static final class Consumer implements Flow.Subscriber<Message<byte[]>> {
    final BlockingQueue<Message<byte[]>> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    Message<byte[]> next() throws InterruptedException {
      subscription.join().request(1);
      return Optional.ofNullable(messages.poll(Site.LIMIT_SECONDS, TimeUnit.SECONDS)).orElseThrow();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(Message<byte[]> message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }
}
