package io.cleave.agents.mqtt;

import io.cleave.policies.wire.Status;
import io.cleave.transport.json.MalformedMessage;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.MqttSettings;
import io.cleave.transport.mqtt.Patience;
import io.cleave.transport.mqtt.Qos;
import io.cleave.transport.mqtt.Topics;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * What the broker keeps of an agent's last session, looked up before the next one replaces it: an
 * agent whose state was lost goes on above the numbers that others know.
 */
public final class OwnStatus {
  private static final Logger LOG = Logger.getLogger(OwnStatus.class);
  private static final long AGREEMENT_MILLIS = 1500;
  private static final long RETAINED_MILLIS = 300;

  private OwnStatus() {}

  /**
   * The number of the last session; empty if the broker keeps none, or cannot be reached within two
   * seconds.
   */
  public static OptionalLong epoch(MqttSettings broker, Topics topics, String agent) {
    CompletableFuture<Long> kept = new CompletableFuture<>();
    try (MqttConnection look =
        new MqttConnection(
            broker, MqttIdentity.silent(agent + "?last"), Patience.usual(), new SecureRandom())) {
      look.open();
      look.listen(topics.status(agent), Qos.AT_LEAST_ONCE, arrival -> read(arrival.payload(), kept))
          .toCompletableFuture()
          .get(AGREEMENT_MILLIS, TimeUnit.MILLISECONDS);
      return OptionalLong.of(kept.get(RETAINED_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException nothing) {
      LOG.debug("No session of this agent is known");
    } catch (ExecutionException refused) {
      LOG.warnf("The last session cannot be looked up: %s", refused.getCause());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    return OptionalLong.empty();
  }

  private static void read(byte[] payload, CompletableFuture<Long> kept) {
    try {
      Status status = WireJson.readStatus(payload);
      kept.complete(status.epoch());
    } catch (MalformedMessage bad) {
      LOG.warnf("The last session's status is ignored: %s", bad.getMessage());
    }
  }
}
