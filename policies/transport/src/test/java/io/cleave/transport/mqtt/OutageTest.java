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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to connections, and what is made of it. */
class OutageTest {
  private BrokerProcess broker = BrokerProcess.start(BrokerSettings.local());
  private final Relay relay = new Relay(broker.port());
  private final Site site = new Site(broker);
  private final Site behindRelay = new Site("127.0.0.1", relay.port());

  @AfterEach
  void closeAll() {
    behindRelay.close();
    site.close();
    relay.close();
    broker.stop();
  }

  @Test
  void comesBackWithBirthSubscriptionsAndWhatWaitedWhenTheBrokerDoes() throws InterruptedException {
    MqttConnection agent =
        site.connection(site.settings(), Site.agent("agent", "status"), Site.quick());
    BlockingQueue<Arrival> orders = new LinkedBlockingQueue<>();
    CompletionStage<Void> subscribed = agent.listen("orders", Qos.AT_LEAST_ONCE, orders::add);
    agent.open();
    await(subscribed);
    await(reaches(agent, MqttState.CONNECTED));

    broker.kill();
    await(reaches(agent, MqttState.LOST));
    List<CompletionStage<Void>> notes = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      notes.add(agent.publish(Publication.sure("notes", bytes("note " + i))));
    }
    CompletionStage<Void> oldPlan = agent.publish(Publication.kept("plan", bytes("old")));
    CompletionStage<Void> newPlan = agent.publish(Publication.kept("plan", bytes("new")));
    CompletionStage<Void> report = agent.publish(Publication.passing("report", bytes("now")));
    assertThatThrownBy(() -> await(report)).hasMessageContaining("there is no connection");
    assertThatThrownBy(() -> await(oldPlan)).hasMessageContaining("newer ones took its place");

    CompletableFuture<Void> back = reaches(agent, MqttState.CONNECTED);
    broker = broker.startAgain();
    await(back);
    for (CompletionStage<Void> note : notes) {
      await(note);
    }
    await(newPlan);
    MqttConnection watcher = site.connected("watcher");
    await(watcher.publish(Publication.sure("orders", bytes("go"))));
    assertThat(text(next(orders))).isEqualTo("go");
    assertThat(text(next(inbox(watcher, "plan")))).isEqualTo("new");
    assertThat(text(next(inbox(watcher, "status")))).startsWith("birth ").isNotEqualTo("birth 1");
    assertThat(agent.counts().reconnects()).isEqualTo(1);
    assertThat(agent.counts().dropped()).isEqualTo(2);
    assertThat(agent.counts().published()).isEqualTo(16);
    assertThat(agent.counts().waiting()).isZero();
  }

  @Test
  void aKilledClientIsSeenByItsWillAndABirthFollowsIt() throws InterruptedException {
    BlockingQueue<Arrival> statuses = inbox(site.connected("watcher"), "status");
    MqttConnection agent =
        behindRelay.connection(behindRelay.settings(), Site.agent("agent", "status"), Site.quick());
    agent.open();
    assertThat(text(next(statuses))).isEqualTo("birth 1");
    relay.cut();
    assertThat(text(next(statuses))).isEqualTo("will 1");
    assertThat(text(next(statuses))).isEqualTo("birth 2");
    assertThat(text(next(inbox(site.connected("late"), "status")))).isEqualTo("birth 2");
  }

  @Test
  void givesUpAConnectionThatAcknowledgesNothingAndIsNotTakenOverByItself()
      throws InterruptedException {
    BlockingQueue<Arrival> statuses = inbox(site.connected("watcher"), "status");
    MqttConnection agent =
        behindRelay.connection(
            behindRelay.settings(),
            Site.agent("agent", "status"),
            Site.quick().withAcknowledgement(Duration.ofSeconds(2)));
    agent.open();
    await(reaches(agent, MqttState.CONNECTED));
    assertThat(text(next(statuses))).isEqualTo("birth 1");
    relay.muteBroker();
    CompletableFuture<Void> lost = reaches(agent, MqttState.LOST);
    CompletionStage<Void> note = agent.publish(Publication.sure("note", bytes("heard?")));
    await(lost);
    assertThat(agent.trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("acknowledged nothing"));
    await(note);
    // The broker ends the mute connection when the same client comes in again: its will comes,
    // but the birth of the next session is the last word.
    await(reaches(agent, MqttState.CONNECTED));
    assertThat(agent.counts().reconnects()).isEqualTo(1);
    List<String> words = new ArrayList<>();
    do {
      words.add(text(next(statuses)));
    } while (!words.contains("birth 2"));
    assertThat(text(next(inbox(site.connected("late"), "status")))).isEqualTo("birth 2");
  }

  @Test
  void throwsNothingAwayInFlightWhenTheConnectionIsCutAgainAndAgain() throws InterruptedException {
    BlockingQueue<Arrival> notes = inbox(site.connected("watcher"), "notes");
    MqttConnection agent =
        behindRelay.connection(behindRelay.settings(), MqttIdentity.silent("agent"), Site.quick());
    agent.open();
    List<CompletionStage<Void>> published = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      published.add(agent.publish(Publication.sure("notes", bytes("note " + i))));
      if (i % 500 == 250) {
        await(published.get(i - 200));
        relay.cut();
      }
    }
    for (CompletionStage<Void> each : published) {
      await(each);
    }
    java.util.Set<String> distinct = new java.util.HashSet<>();
    while (distinct.size() < 2000) {
      distinct.add(text(next(notes)));
    }
    assertThat(agent.counts().reconnects()).isEqualTo(4);
    assertThat(agent.counts().dropped()).isZero();
  }
}
