package io.cleave.controller.mqtt;

import io.cleave.controller.control.LoopThread;
import io.cleave.controller.control.Refusal;
import io.cleave.controller.control.SiteState;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.MalformedMessage;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.IncomingTopic;
import io.cleave.transport.mqtt.Topics;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Hears the agents. Whatever comes is acknowledged: a bad message is counted by kind and dropped,
 * and the channel goes on. While the loop's inbox is full, these wait and with them the broker.
 */
@Singleton
final class Ears {
  private static final Logger LOG = Logger.getLogger(Ears.class);

  private final LoopThread loop;
  private final SiteState site;
  private final Topics topics;

  Ears(LoopThread loop, SiteState site) {
    this.loop = loop;
    this.site = site;
    this.topics = new Topics(site.settings().site());
  }

  @Incoming("statuses")
  void status(byte[] payload, IncomingTopic from) {
    if (from.topic().equals(topics.controllerStatus())) {
      return; // our own
    }
    try {
      Status status = WireJson.readStatus(payload);
      if (isFrom(status.agent(), from)) {
        loop.put((live, now) -> live.onStatus(status, from.retained(), now));
      }
    } catch (MalformedMessage bad) {
      refuse(bad, from);
    }
  }

  @Incoming("reports")
  void report(byte[] payload, IncomingTopic from) {
    long arrived = System.nanoTime();
    try {
      Report report = WireJson.readReport(payload);
      if (isFrom(report.agent(), from)) {
        loop.report(report, payload, arrived);
      }
    } catch (MalformedMessage bad) {
      refuse(bad, from);
    }
  }

  private boolean isFrom(String agent, IncomingTopic from) {
    boolean same = topics.agent(from.topic()).equals(Optional.of(agent));
    if (!same) {
      site.refusals().add(Refusal.WRONG_TOPIC);
      LOG.debugf("A message of %s came on %s", agent, from.topic());
    }
    return same;
  }

  private void refuse(MalformedMessage bad, IncomingTopic from) {
    site.refusals()
        .add(
            switch (bad.kind()) {
              case UNKNOWN_VERSION -> Refusal.UNKNOWN_VERSION;
              case TOO_LARGE -> Refusal.TOO_LARGE;
              default -> Refusal.MALFORMED;
            });
    LOG.debugf("Refused on %s: %s", from.topic(), bad.getMessage());
  }
}
