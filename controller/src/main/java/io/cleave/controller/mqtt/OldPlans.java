package io.cleave.controller.mqtt;

import io.cleave.controller.control.LoopThread;
import io.cleave.controller.control.Refusal;
import io.cleave.controller.control.SiteState;
import io.cleave.policies.wire.Decision;
import io.cleave.transport.json.MalformedMessage;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.Arrival;
import io.cleave.transport.mqtt.ConfiguredConnection;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.Patience;
import io.cleave.transport.mqtt.Qos;
import io.cleave.transport.mqtt.Topics;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Reads the plans that an earlier controller left at the broker, so that versions go on ascending
 * although its journal is lost. It comes in beside the controller for some seconds only: whoever
 * hears the plans' topics hears all that is sent, too.
 */
@Singleton
public final class OldPlans {
  private static final Logger LOG = Logger.getLogger(OldPlans.class);
  private static final long SECONDS = 10;

  private final LoopThread loop;
  private final SiteState site;
  private final Topics topics;
  private final Config config;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "old-plans");

  OldPlans(LoopThread loop, SiteState site, Config config, Clock clock) {
    this.loop = loop;
    this.site = site;
    this.topics = new Topics(site.settings().site());
    this.config = config;
    this.clock = clock;
    thread.setDaemon(true);
  }

  /** Begins to read, and ends by itself. */
  public void start() {
    thread.start();
  }

  /** Ends before its time. */
  public void stop() {
    thread.interrupt();
  }

  private void run() {
    MqttIdentity identity =
        MqttIdentity.silent("cleave-controller-%s-memory".formatted(topics.site()));
    try (MqttConnection connection =
        new MqttConnection(
            ConfiguredConnection.settings(config),
            identity,
            Patience.usual(),
            new SecureRandom())) {
      connection.open();
      connection.listen(topics.plans(), Qos.AT_LEAST_ONCE, this::take).toCompletableFuture().get();
      TimeUnit.SECONDS.sleep(SECONDS);
    } catch (ExecutionException refused) {
      LOG.warnf("Old plans cannot be read: %s", refused.getCause());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Arrival arrival) {
    if (!arrival.retained()) {
      return; // our own
    }
    try {
      Decision plan = WireJson.readDecision(arrival.payload(), clock.instant());
      if (topics.agent(arrival.topic()).equals(Optional.of(plan.agent()))) {
        loop.put((live, now) -> live.onOldPlan(plan, now));
      } else {
        site.refusals().add(Refusal.WRONG_TOPIC);
      }
    } catch (MalformedMessage bad) {
      site.refusals().add(Refusal.MALFORMED);
    }
  }
}
