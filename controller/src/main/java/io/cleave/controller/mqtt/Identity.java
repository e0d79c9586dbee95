package io.cleave.controller.mqtt;

import io.cleave.policies.wire.ControllerStatus;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.Publication;
import io.cleave.transport.mqtt.Topics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who the controller is to the broker: a site has one, and a second one with the same site throws
 * the first out for good. Its status is on while it is connected and off afterwards.
 */
@Singleton
final class Identity {

  @Produces
  @Singleton
  MqttIdentity identity(@ConfigProperty(name = "cleave.site") String site) {
    Topics topics = new Topics(site);
    return new MqttIdentity("cleave-controller-" + site, () -> session(topics));
  }

  private MqttIdentity.Session session(Topics topics) {
    return new MqttIdentity.Session(
        Optional.of(status(topics, true)),
        Optional.of(status(topics, false)),
        Optional.of(status(topics, false)));
  }

  private static Publication status(Topics topics, boolean online) {
    byte[] json = WireJson.write(new ControllerStatus(topics.site(), online));
    return Publication.kept(topics.controllerStatus(), json);
  }
}
