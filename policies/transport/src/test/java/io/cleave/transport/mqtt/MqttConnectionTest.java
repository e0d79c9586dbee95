package io.cleave.transport.mqtt;

import static io.cleave.transport.mqtt.Site.await;
import static io.cleave.transport.mqtt.Site.bytes;
import static io.cleave.transport.mqtt.Site.inbox;
import static io.cleave.transport.mqtt.Site.next;
import static io.cleave.transport.mqtt.Site.reaches;
import static io.cleave.transport.mqtt.Site.session;
import static io.cleave.transport.mqtt.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MqttConnectionTest {
  private final Site site = new Site();

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
    BlockingQueue<Arrival> statuses = inbox(site.connected("watcher"), "status");
    MqttConnection agent =
        site.connection(new MqttIdentity("agent", () -> session("birth", "will", "farewell")));
    agent.open();
    assertThat(text(next(statuses))).isEqualTo("birth");
    await(reaches(agent, MqttState.CONNECTED));
    agent.close();
    assertThat(text(next(statuses))).isEqualTo("farewell");
    assertThat(agent.state()).isEqualTo(MqttState.CLOSED);
    await(site.connected("last").publish(Publication.sure("status", bytes("after"))));
    assertThat(text(next(statuses))).isEqualTo("after");
  }

  @Test
  void comesBackWithBirthSubscriptionsAndWhatWaitedWhenTheBrokerDoes() throws InterruptedException {
    AtomicInteger epoch = new AtomicInteger();
    MqttConnection agent =
        site.connection(
            site.settings(),
            new MqttIdentity(
                "agent",
                () -> {
                  int number = epoch.incrementAndGet();
                  return session("birth " + number, "will " + number, "farewell " + number);
                }),
            Site.quick());
    BlockingQueue<Arrival> orders = new LinkedBlockingQueue<>();
    CompletionStage<Void> subscribed = agent.listen("orders", Qos.AT_LEAST_ONCE, orders::add);
    agent.open();
    await(subscribed);
    await(reaches(agent, MqttState.CONNECTED));

    site.broker().kill();
    await(reaches(agent, MqttState.LOST));
    List<CompletionStage<Void>> waiting = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      waiting.add(agent.publish(Publication.sure("notes", bytes("note " + i))));
    }
    waiting.add(agent.publish(Publication.kept("plan", bytes("old"))));
    waiting.add(agent.publish(Publication.kept("plan", bytes("new"))));
    CompletionStage<Void> passing = agent.publish(Publication.passing("report", bytes("now")));
    assertThatThrownBy(() -> await(passing)).hasCauseInstanceOf(PublicationDropped.class);
    assertThatThrownBy(() -> await(waiting.get(15))).hasCauseInstanceOf(PublicationDropped.class);

    CompletableFuture<Void> back = reaches(agent, MqttState.CONNECTED);
    site.startBrokerAgain();
    MqttConnection watcher = site.connected("watcher");
    BlockingQueue<Arrival> seen = inbox(watcher, "+");
    await(back);
    for (CompletionStage<Void> each : waiting.subList(0, 15)) {
      await(each);
    }
    await(waiting.get(16));
    await(watcher.publish(Publication.sure("orders", bytes("go"))));
    assertThat(text(next(orders))).isEqualTo("go");
    assertThat(agent.counts().reconnects()).isEqualTo(1);
    assertThat(agent.counts().dropped()).isEqualTo(2);
    assertThat(agent.counts().published()).isEqualTo(16);
    assertThat(agent.counts().waiting()).isZero();
    Arrival status = next(inbox(site.connected("late"), "status"));
    assertThat(text(status)).isEqualTo("birth " + epoch.get());
    assertThat(text(next(inbox(site.connected("later"), "plan")))).isEqualTo("new");
    assertThat(seen).isNotNull();
  }

  @Test
  void staysOutWhenAnotherOneComesInWithItsId() throws InterruptedException {
    MqttConnection first = site.connected("same");
    CompletableFuture<Void> takenOver = reaches(first, MqttState.TAKEN_OVER);
    MqttConnection second = site.connected("same");
    await(takenOver);
    assertThat(first.trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("SESSION_TAKEN_OVER"));
    assertThatThrownBy(() -> await(first.publish(Publication.sure("t", bytes("x")))))
        .hasCauseInstanceOf(PublicationDropped.class);
    // The second stays in: it hears itself.
    BlockingQueue<Arrival> inbox = inbox(second, "t");
    await(second.publish(Publication.sure("t", bytes("still here"))));
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
            "t",
            Qos.AT_LEAST_ONCE,
            arrival -> {
              if (text(arrival).equals("bad")) {
                throw new IllegalArgumentException("It is bad.");
              }
              accepted.add(arrival);
            }));
    await(client.publish(Publication.sure("t", bytes("bad"))));
    await(client.publish(Publication.sure("t", bytes("good"))));
    assertThat(text(next(accepted))).isEqualTo("good");
    assertThat(client.counts().rejected()).isEqualTo(1);
  }

  @Test
  void saysWhyItCannotConnectAndIsReadyToClose() {
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
}
