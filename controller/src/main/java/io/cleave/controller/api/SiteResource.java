package io.cleave.controller.api;

import io.cleave.controller.control.SiteState;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttState;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The site at a glance. */
@Path("/api/site")
final class SiteResource {
  private final SiteState site;
  private final MqttConnection broker;
  private final Clock clock;

  SiteResource(SiteState site, MqttConnection broker, Clock clock) {
    this.site = site;
    this.broker = broker;
    this.clock = clock;
  }

  @GET
  @NonBlocking
  @Operation(summary = "Counts of agents, frames, reports, decisions and refusals; alarms")
  public SiteView site() {
    return SiteView.of(site, broker.state() == MqttState.CONNECTED, clock.instant());
  }
}
