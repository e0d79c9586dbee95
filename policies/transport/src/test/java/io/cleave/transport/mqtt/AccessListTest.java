package io.cleave.transport.mqtt;

import static io.cleave.transport.mqtt.Site.await;
import static io.cleave.transport.mqtt.Site.bytes;
import static io.cleave.transport.mqtt.Site.inbox;
import static io.cleave.transport.mqtt.Site.next;
import static io.cleave.transport.mqtt.Site.reaches;
import static io.cleave.transport.mqtt.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** The access list that we publish, in the broker that it is for. */
class AccessListTest {
  private static final Path LIST = Path.of("../../docs/mosquitto/acl");
  private final Topics topics = new Topics("site-1");

  @Test
  void holdsAnAgentToItsOwnTopics() throws InterruptedException {
    assumeTrue(BrokerProcess.hasMosquitto(), "No mosquitto on this machine's path.");
    BrokerSettings settings =
        BrokerSettings.local()
            .withAccount("camera", "c")
            .withAccount("robot", "r")
            .withAccount("controller", "k")
            .withAccessList(LIST);
    try (BrokerProcess broker = BrokerProcess.mosquitto(settings);
        Site site = new Site(broker)) {
      MqttConnection controller = connected(site, "controller", "k");
      BlockingQueue<Arrival> heard = inbox(controller, "cleave/v1/site-1/#");
      MqttConnection robot = connected(site, "robot", "r");
      BlockingQueue<Arrival> robots = inbox(robot, "cleave/v1/site-1/#");
      MqttConnection camera = connected(site, "camera", "c");

      await(camera.publish(Publication.kept(topics.status("camera"), bytes("status"))));
      await(camera.publish(Publication.sure(topics.report("camera"), bytes("report"))));
      for (String foreign :
          List.of(
              topics.status("robot"),
              topics.report("robot"),
              topics.plan("robot"),
              topics.plan("camera"),
              topics.controllerStatus(),
              "cleave/v1/site-2/camera/status",
              "other")) {
        assertThatThrownBy(() -> await(camera.publish(Publication.sure(foreign, bytes("forged")))))
            .as(foreign)
            .hasMessageContaining("PUBACK");
      }
      await(controller.publish(Publication.kept(topics.plan("camera"), bytes("camera plan"))));
      await(controller.publish(Publication.kept(topics.controllerStatus(), bytes("here"))));
      await(controller.publish(Publication.kept(topics.plan("robot"), bytes("robot plan"))));

      assertThat(taken(heard, 5))
          .containsExactly("status", "report", "camera plan", "here", "robot plan");
      // Of all that, the robot may read statuses and its own plan.
      assertThat(taken(robots, 3)).containsExactly("status", "here", "robot plan");
      assertThat(camera.counts().refused()).isEqualTo(7);
    }
  }

  private static MqttConnection connected(Site site, String name, String password) {
    MqttConnection connection =
        site.connection(
            site.settings().withLogin(name, password), MqttIdentity.silent(name), Patience.usual());
    connection.open();
    await(reaches(connection, MqttState.CONNECTED));
    return connection;
  }

  private static List<String> taken(BlockingQueue<Arrival> inbox, int count)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text(next(inbox)));
    }
    return texts;
  }
}
