package io.cleave.broker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerProcessTest {
  @Test
  void servesRetainedMessagesAndLeavesNoProcess() throws InterruptedException {
    BrokerProcess broker = BrokerProcess.start(BrokerSettings.local());
    Optional<ProcessHandle> process = ProcessHandle.of(broker.pid());
    try (broker) {
      Mqtt5BlockingClient client = client(broker);
      client.connect();
      client
          .publishWith()
          .topic("a/b")
          .qos(MqttQos.AT_LEAST_ONCE)
          .retain(true)
          .payload("kept".getBytes(StandardCharsets.UTF_8))
          .send();
      try (Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
        client.subscribeWith().topicFilter("a/+").qos(MqttQos.AT_LEAST_ONCE).send();
        Optional<Mqtt5Publish> received = publishes.receive(20, SECONDS);
        assertThat(received)
            .hasValueSatisfying(
                publish -> {
                  assertThat(publish.getPayloadAsBytes()).asString().isEqualTo("kept");
                  assertThat(publish.isRetain()).isTrue();
                });
      }
      client.disconnect();
    }
    assertThat(broker.alive()).isFalse();
    assertThat(process).isPresent().hasValueSatisfying(it -> assertThat(it.isAlive()).isFalse());
  }

  @Test
  void comesBackOnTheSamePortAfterAKill() {
    BrokerProcess first = BrokerProcess.start(BrokerSettings.local());
    assertThatThrownBy(first::startAgain).hasMessageContaining("still runs");
    first.kill();
    assertThat(first.alive()).isFalse();
    try (BrokerProcess second = first.startAgain()) {
      assertThat(second.port()).isEqualTo(first.port());
      Mqtt5BlockingClient client = client(second);
      client.connect();
      client.disconnect();
    }
  }

  @Test
  void refusesAWrongPassword() {
    try (BrokerProcess broker =
        BrokerProcess.start(BrokerSettings.local().withAccount("camera", "right=#1"))) {
      assertThatThrownBy(() -> client(broker).connect()).isInstanceOf(Mqtt5ConnAckException.class);
      assertThatThrownBy(() -> login(client(broker), "wrong"))
          .isInstanceOf(Mqtt5ConnAckException.class);
      Mqtt5BlockingClient client = client(broker);
      login(client, "right=#1");
      client.disconnect();
    }
  }

  @Test
  void saysWhyItDidNotStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      BrokerSettings settings = BrokerSettings.local().withPort(taken.getLocalPort());
      assertThatThrownBy(() -> BrokerProcess.start(settings))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  private static void login(Mqtt5BlockingClient client, String password) {
    client
        .connectWith()
        .simpleAuth()
        .username("camera")
        .password(password.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
  }

  private static Mqtt5BlockingClient client(BrokerProcess broker) {
    return MqttClient.builder()
        .useMqttVersion5()
        .serverHost(broker.address())
        .serverPort(broker.port())
        .buildBlocking();
  }

  @Test
  void startsTheMosquittoOfThisMachine() {
    assumeTrue(BrokerProcess.hasMosquitto(), "No mosquitto on this machine's path.");
    BrokerProcess first =
        BrokerProcess.mosquitto(BrokerSettings.local().withAccount("camera", "right=#1"));
    assertThatThrownBy(() -> login(client(first), "wrong"))
        .isInstanceOf(Mqtt5ConnAckException.class);
    login(client(first), "right=#1");
    List<ProcessHandle> all =
        ProcessHandle.of(first.pid()).stream().flatMap(ProcessHandle::descendants).toList();
    assertThat(all).isNotEmpty();
    first.kill();
    assertThat(all).noneMatch(ProcessHandle::isAlive);
    try (BrokerProcess second = first.startAgain()) {
      assertThat(second.port()).isEqualTo(first.port());
      login(client(second), "right=#1");
      all = ProcessHandle.of(second.pid()).stream().flatMap(ProcessHandle::descendants).toList();
    }
    all.forEach(each -> each.onExit().orTimeout(20, SECONDS).join());
  }

  @Test
  void saysWhatABrokerCannotDo() {
    BrokerSettings listed = BrokerSettings.local().withAccessList(Path.of("acl"));
    assertThatThrownBy(() -> BrokerProcess.start(listed)).hasMessageContaining("access list");
    assertThatThrownBy(() -> BrokerSettings.local().withPort(70_000))
        .hasMessageContaining("0..65535");
  }
}
