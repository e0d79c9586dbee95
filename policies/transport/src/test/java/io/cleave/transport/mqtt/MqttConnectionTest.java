package io.cleave.transport.mqtt;

import static io.cleave.transport.mqtt.Site.await;
import static io.cleave.transport.mqtt.Site.bytes;
import static io.cleave.transport.mqtt.Site.inbox;
import static io.cleave.transport.mqtt.Site.next;
import static io.cleave.transport.mqtt.Site.reaches;
import static io.cleave.transport.mqtt.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MqttConnectionTest {
  private static final BrokerProcess BROKER = BrokerProcess.start(BrokerSettings.local());

  private final Site site = new Site(BROKER);

  @AfterAll
  static void stopTheBroker() {
    BROKER.stop();
  }

  @AfterEach
  void closeTheSite() {
    site.close();
  }

  @Test
  void carriesTopicRetainedFlagAndRemainingExpiry() throws InterruptedException {
    MqttConnection sender = site.connected("sender");
    await(
        sender.publish(
            Publication.kept("a/plan", bytes("one")).expiringAfter(Duration.ofSeconds(100))));
    BlockingQueue<Arrival> inbox = inbox(site.connected("receiver"), "+/plan");
    Arrival kept = next(inbox);
    assertThat(kept.topic()).isEqualTo("a/plan");
    assertThat(text(kept)).isEqualTo("one");
    assertThat(kept.retained()).isTrue();
    assertThat(kept.expiry())
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(100)));
    await(sender.publish(Publication.sure("b/plan", bytes("two"))));
    Arrival live = next(inbox);
    assertThat(live.retained()).isFalse();
    assertThat(live.expiry()).isEmpty();
  }

  @Test
  void saysBirthThenFarewellAndLeavesNoWill() throws InterruptedException {
    MqttConnection watcher = site.connected("watcher");
    BlockingQueue<Arrival> statuses = inbox(watcher, "orderly");
    MqttConnection agent = site.connection(Site.agent("agent", "orderly"));
    agent.open();
    assertThat(text(next(statuses))).isEqualTo("birth 1");
    await(reaches(agent, MqttState.CONNECTED));
    agent.close();
    assertThat(text(next(statuses))).isEqualTo("farewell 1");
    assertThat(agent.state()).isEqualTo(MqttState.CLOSED);
    // The will would have come before what is published now.
    await(watcher.publish(Publication.sure("orderly", bytes("after"))));
    assertThat(text(next(statuses))).isEqualTo("after");
  }

  @Test
  void staysOutWhenAnotherOneComesInWithItsId() throws InterruptedException {
    MqttConnection first = site.connected("same");
    CompletableFuture<Void> takenOver = reaches(first, MqttState.TAKEN_OVER);
    MqttConnection second = site.connected("same");
    await(takenOver);
    assertThat(first.trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("SESSION_TAKEN_OVER"));
    assertThatThrownBy(() -> await(first.publish(Publication.sure("same", bytes("x")))))
        .hasCauseInstanceOf(PublicationDropped.class);
    // The second stays in: it hears itself.
    BlockingQueue<Arrival> inbox = inbox(second, "same");
    await(second.publish(Publication.sure("same", bytes("still here"))));
    assertThat(text(next(inbox))).isEqualTo("still here");
    assertThat(second.state()).isEqualTo(MqttState.CONNECTED);
    assertThat(second.counts().reconnects()).isZero();
    assertThat(first.counts().connects()).isEqualTo(1);
  }

  @Test
  void neverDeadlocksWithSubscriptionsQueuedMessagesAndPublicationsInCallbacks()
      throws InterruptedException {
    MqttConnection client = site.connection(MqttIdentity.silent("busy"));
    BlockingQueue<Arrival> echoes = new LinkedBlockingQueue<>();
    List<CompletionStage<Void>> ready = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ready.add(
          client.listen(
              "in/" + i,
              Qos.AT_LEAST_ONCE,
              arrival -> {
                // Blocking in a callback until the broker has answered must work.
                await(client.publish(Publication.sure("out", arrival.payload())));
                await(client.listen("extra/" + text(arrival), Qos.AT_LEAST_ONCE, echoes::add));
              }));
    }
    ready.add(client.listen("out", Qos.AT_LEAST_ONCE, echoes::add));
    List<CompletionStage<Void>> queued = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      queued.add(client.publish(Publication.sure("in/" + i % 6, bytes("m" + i))));
    }
    client.open();
    for (CompletionStage<Void> each : ready) {
      await(each);
    }
    for (CompletionStage<Void> each : queued) {
      await(each);
    }
    List<String> received = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      received.add(text(next(echoes)));
    }
    assertThat(received).doesNotHaveDuplicates().hasSize(15);
  }

  @Test
  void aConsumerThatThrowsMissesThatMessageOnly() throws InterruptedException {
    MqttConnection client = site.connected("client");
    BlockingQueue<Arrival> accepted = new LinkedBlockingQueue<>();
    await(
        client.listen(
            "picky",
            Qos.AT_LEAST_ONCE,
            arrival -> {
              if (text(arrival).equals("bad")) {
                throw new IllegalArgumentException("It is bad.");
              }
              accepted.add(arrival);
            }));
    await(client.publish(Publication.sure("picky", bytes("bad"))));
    await(client.publish(Publication.sure("picky", bytes("good"))));
    assertThat(text(next(accepted))).isEqualTo("good");
    assertThat(client.counts().rejected()).isEqualTo(1);
  }

  @Test
  void closesAlthoughItNeverConnected() {
    MqttConnection nowhere =
        site.connection(
            MqttSettings.plain("127.0.0.1", 1), MqttIdentity.silent("lost"), Site.quick());
    CompletionStage<Void> hopeless = nowhere.publish(Publication.sure("t", bytes("x")));
    nowhere.open();
    // Publications fail at the end, so that nobody waits for ever.
    nowhere.close();
    assertThatThrownBy(() -> await(hopeless))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(PublicationDropped.class);
    assertThat(nowhere.state()).isEqualTo(MqttState.CLOSED);
  }

  @Test
  void keepsAnExpiredPlanFromThoseWhoComeLate() throws InterruptedException {
    MqttConnection controller = site.connected("controller");
    Publication plan = Publication.kept("lease/plan", bytes("plan"));
    await(controller.publish(plan.expiringAfter(Duration.ofSeconds(2))));
    await(controller.publish(Publication.kept("lease/marker", bytes("marker"))));
    assertThat(text(next(inbox(site.connected("first"), "lease/plan")))).isEqualTo("plan");
    int without = 0;
    for (int i = 0; without < 3; i++) {
      assertThat(i).as("subscribers until the plan was gone").isLessThan(1000);
      MqttConnection late = site.connected("late-" + i);
      BlockingQueue<Arrival> plans = inbox(late, "lease/plan");
      next(inbox(late, "lease/marker")); // comes after what the broker had for the first one
      without = plans.isEmpty() ? without + 1 : 0;
      late.close();
    }
  }

  @Test
  void isSparedMessagesThatAreTooLarge() throws InterruptedException {
    MqttConnection client = site.connected("small");
    BlockingQueue<Arrival> inbox = inbox(client, "sizes");
    MqttConnection hostile = site.connected("hostile");
    await(hostile.publish(Publication.sure("sizes", new byte[3 << 20])));
    await(hostile.publish(Publication.sure("sizes", new byte[1 << 20])));
    assertThat(next(inbox).payload()).hasSize(1 << 20);
    assertThat(client.counts().connects()).isEqualTo(1);
  }

  @Test
  void refusesWhatMqttCannotCarry() {
    MqttConnection client = site.connected("client");
    String endless = "a".repeat(70_000);
    assertThatThrownBy(() -> client.publish(Publication.sure(endless, bytes("x"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Publication.sure("a/+", bytes("x"))).hasMessageContaining("wildcard");
    assertThatThrownBy(
            () -> Publication.kept("a", bytes("x")).expiringAfter(Duration.ofMillis(900)))
        .hasMessageContaining("PT0.9S");
  }
}
