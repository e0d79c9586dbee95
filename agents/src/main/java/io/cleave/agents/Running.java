package io.cleave.agents;

import io.cleave.agents.mqtt.Epochs;
import io.cleave.agents.mqtt.Inbox;
import io.cleave.agents.mqtt.OwnStatus;
import io.cleave.agents.mqtt.Sessions;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.SettingsException;
import io.cleave.agents.settings.SettingsReader;
import io.cleave.transport.mqtt.ConfiguredConnection;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.MqttSettings;
import io.cleave.transport.mqtt.Topics;
import io.quarkus.runtime.PreventFurtherStepsException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The agent of this process, made of its configuration. What cannot be used ends the process with
 * one line.
 */
@Singleton
public class Running {
  private static final Logger LOG = Logger.getLogger(Running.class);
  private static final int UNUSABLE = 2;

  private final Agent agent;
  private final Topics topics;
  private final Sessions sessions;
  private final Inbox inbox;

  @Inject
  Running(Config config) {
    try {
      AgentSettings settings =
          SettingsReader.read(
              key -> config.getOptionalValue(key, String.class), config.getPropertyNames());
      LOG.infof("%s", settings);
      this.topics = new Topics(settings.site());
      Epochs epochs = new Epochs(settings.state());
      OwnStatus.epoch(broker(config), topics, settings.name()).ifPresent(epochs::seen);
      this.agent = Agent.start(settings, epochs.next());
      this.sessions = new Sessions(topics, settings.name(), epochs, agent::capabilities);
      this.inbox = new Inbox(topics, settings.name());
    } catch (SettingsException unusable) {
      throw new PreventFurtherStepsException(unusable.getMessage(), UNUSABLE);
    }
  }

  private static MqttSettings broker(Config config) {
    try {
      return ConfiguredConnection.settings(config);
    } catch (IllegalArgumentException | NoSuchElementException unusable) {
      throw new SettingsException("cleave.mqtt: " + unusable.getMessage());
    }
  }

  Agent agent() {
    return agent;
  }

  Topics topics() {
    return topics;
  }

  Sessions sessions() {
    return sessions;
  }

  Inbox inbox() {
    return inbox;
  }

  @Produces
  @Singleton
  MqttIdentity identity() {
    return sessions.identity();
  }
}
