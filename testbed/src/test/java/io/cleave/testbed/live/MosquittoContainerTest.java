package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.transport.mqtt.Arrival;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.MqttSettings;
import io.cleave.transport.mqtt.MqttState;
import io.cleave.transport.mqtt.Patience;
import io.cleave.transport.mqtt.Publication;
import io.cleave.transport.mqtt.Qos;
import io.cleave.transport.mqtt.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our connection and the broker that most sites have. */
class MosquittoContainerTest {
  private static final long LIMIT_SECONDS = 60;
  private static final Topics SITE = new Topics("site-1");

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void keepsWhatIsRetainedAcrossARestartAndComesBackWithANewBirth() throws Exception {
    MosquittoContainer broker = MosquittoContainer.open(Containers.assume());
    opened.push(broker);
    MqttConnection camera = connected(broker.settings(), session("camera"));
    await(camera.publish(Publication.kept(SITE.plan("camera"), bytes("plan"))));
    MqttConnection observer = connected(broker.settings(), MqttIdentity.silent("observer"));
    BlockingQueue<Arrival> statuses = inbox(observer, SITE.statuses());
    assertThat(next(statuses)).isEqualTo("birth 1");

    CompletableFuture<Void> lost = reaches(camera, MqttState.LOST);
    broker.restart();
    await(lost);
    await(camera.publish(Publication.sure(SITE.report("camera"), bytes("after"))));
    String status = next(statuses);
    while (status.matches("birth 1|will \\d+")) { // what is retained may come again
      status = next(statuses);
    }
    assertThat(status).as("after attempts").matches("birth \\d+");
    MqttConnection late = connected(broker.settings(), MqttIdentity.silent("late"));
    assertThat(next(inbox(late, SITE.plans()))).isEqualTo("plan");
  }

  /** Mosquitto 2.0 closes the connection and does not say why, so that each comes back. */
  @Test
  void publishesTheWillOfWhoIsThrownOutAndTheTwoSuspectEachOther() throws Exception {
    MosquittoContainer broker = MosquittoContainer.open(Containers.assume());
    opened.push(broker);
    MqttConnection observer = connected(broker.settings(), MqttIdentity.silent("observer"));
    BlockingQueue<Arrival> statuses = inbox(observer, SITE.statuses());
    MqttConnection first = connected(broker.settings(), session("camera"));
    assertThat(next(statuses)).isEqualTo("birth 1");
    connection(broker.settings(), MqttIdentity.silent("camera"));
    assertThat(next(statuses)).isEqualTo("will 1");
    Awaitility.await()
        .atMost(Duration.ofSeconds(LIMIT_SECONDS))
        .until(() -> first.trouble().orElse("").contains("Maybe another process is \"camera\""));
  }

  @Test
  void anAgentWritesItsOwnTopicsOnly() throws Exception {
    String acl = Files.readString(Path.of("..", "docs", "mosquitto", "acl"));
    MosquittoContainer broker =
        MosquittoContainer.guarded(Containers.assume(), acl, "camera", "other", "controller");
    opened.push(broker);
    MqttConnection controller = connected(login(broker, "controller"), silent("controller"));
    BlockingQueue<Arrival> all = inbox(controller, "cleave/v1/site-1/#");
    MqttConnection camera = connected(login(broker, "camera"), silent("camera"));

    for (String topic :
        new String[] {
          SITE.status("other"),
          SITE.report("other"),
          SITE.plan("other"),
          SITE.plan("camera"),
          SITE.controllerStatus(),
          new Topics("site-2").status("camera")
        }) {
      CompletionStage<Void> refused = camera.publish(Publication.sure(topic, bytes("forged")));
      assertThatThrownBy(() -> await(refused))
          .as(topic)
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("PUBACK");
    }
    await(camera.publish(Publication.kept(SITE.status("camera"), bytes("here"))));
    await(camera.publish(Publication.sure(SITE.report("camera"), bytes("load"))));
    assertThat(next(all)).isEqualTo("here");
    assertThat(next(all)).as("nothing forged came between").isEqualTo("load");

    BlockingQueue<Arrival> plans = inbox(camera, SITE.plan("camera"));
    await(controller.publish(Publication.kept(SITE.plan("camera"), bytes("yours"))));
    assertThat(next(plans)).isEqualTo("yours");
  }

  @Test
  void nobodyComesInWithoutAPassword() throws Exception {
    MosquittoContainer broker =
        MosquittoContainer.guarded(Containers.assume(), "topic read $SYS/#\n", "camera");
    opened.push(broker);
    MqttSettings wrong = broker.settings().withLogin("camera", "guessed");
    MqttConnection stranger = connection(wrong, silent("camera"));
    CompletableFuture<Void> in = reaches(stranger, MqttState.CONNECTED);
    connected(login(broker, "camera"), silent("somebody"));
    assertThat(in).isNotDone();
    assertThat(stranger.counts().connects()).isZero();
  }

  private static MqttIdentity silent(String name) {
    return MqttIdentity.silent(name);
  }

  private static MqttSettings login(MosquittoContainer broker, String name) {
    return broker.settings().withLogin(name, name);
  }

  /** Says "birth 1" and leaves "will 1", in the next session 2, and so on. */
  private static MqttIdentity session(String agent) {
    AtomicInteger epoch = new AtomicInteger();
    String topic = SITE.status(agent);
    return new MqttIdentity(
        agent,
        () -> {
          int number = epoch.incrementAndGet();
          return new MqttIdentity.Session(
              Optional.of(Publication.kept(topic, bytes("birth " + number))),
              Optional.of(Publication.kept(topic, bytes("will " + number))),
              Optional.empty());
        });
  }

  private MqttConnection connection(MqttSettings settings, MqttIdentity identity) {
    Patience quick =
        new Patience(
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3));
    MqttConnection connection = new MqttConnection(settings, identity, quick, new Random(1));
    opened.push(connection);
    connection.open();
    return connection;
  }

  private MqttConnection connected(MqttSettings settings, MqttIdentity identity) {
    MqttConnection connection = connection(settings, identity);
    await(reaches(connection, MqttState.CONNECTED));
    return connection;
  }

  private static CompletableFuture<Void> reaches(MqttConnection connection, MqttState wanted) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    connection.onState(
        state -> {
          if (state == wanted) {
            reached.complete(null);
          }
        });
    return reached;
  }

  private static BlockingQueue<Arrival> inbox(MqttConnection connection, String filter) {
    BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();
    await(connection.listen(filter, Qos.AT_LEAST_ONCE, inbox::add));
    return inbox;
  }

  private static String next(BlockingQueue<Arrival> inbox) throws InterruptedException {
    return Optional.ofNullable(inbox.poll(LIMIT_SECONDS, TimeUnit.SECONDS))
        .map(arrival -> new String(arrival.payload(), StandardCharsets.UTF_8))
        .orElseThrow(() -> new AssertionError("No message within " + LIMIT_SECONDS + " s."));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
