package io.cleave.controller.api;

import io.cleave.controller.api.DecisionsResource.DecisionLine;
import io.cleave.controller.control.AgentState;
import io.cleave.controller.control.DecisionLog;
import io.cleave.controller.control.SiteState;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttState;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The site as it changes. Each reader asks at its own pace, at most twice a second, what is new: a
 * slow one misses what was replaced in between and gets the newest, and nothing is kept for it.
 */
@Singleton
@Path("/api/stream")
final class StreamResource {
  private static final Duration PACE = Duration.ofMillis(500);
  private static final int MOST_AGENTS = 250; // in one go; the others come in the next
  private static final int MOST_READERS = 64;

  private final SiteState site;
  private final MqttConnection broker;
  private final Clock clock;
  private final Semaphore free = new Semaphore(MOST_READERS);

  StreamResource(SiteState site, MqttConnection broker, Clock clock) {
    this.site = site;
    this.broker = broker;
    this.clock = clock;
  }

  /** Somebody who is no longer known. */
  record Gone(String name) {}

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Events site, agent, gone and decision, JSON as elsewhere")
  public Multi<OutboundSseEvent> stream(@Context Sse sse) {
    if (!free.tryAcquire()) {
      throw Errors.refusal(503, "There are %d readers already.".formatted(MOST_READERS));
    }
    Reader reader = new Reader(sse);
    return Multi.createFrom()
        .ticks()
        .every(PACE)
        .onOverflow()
        .drop()
        .onItem()
        .transformToMultiAndConcatenate(tick -> Multi.createFrom().iterable(reader.news()))
        .onTermination()
        .invoke(() -> free.release());
  }

  /** How far one reader has come. */
  private final class Reader {
    private final Sse sse;
    private final Set<String> known = new HashSet<>();
    private long revision;
    private long line = Math.max(0, site.log().last());

    Reader(Sse sse) {
      this.sse = sse;
    }

    List<OutboundSseEvent> news() {
      Instant now = clock.instant();
      List<OutboundSseEvent> news = new ArrayList<>();
      news.add(event("site", SiteView.of(site, broker.state() == MqttState.CONNECTED, now)));
      addAgents(news, now);
      for (DecisionLog.Line next : site.log().since(line)) {
        news.add(event("decision", DecisionLine.of(next)));
        line = next.number();
      }
      return news;
    }

    private void addAgents(List<OutboundSseEvent> news, Instant now) {
      Duration maxAge = site.settings().terms().maxReportAge();
      Set<String> gone = new HashSet<>(known);
      List<AgentState> changed = new ArrayList<>();
      for (AgentState agent : site.agents()) {
        gone.remove(agent.name());
        if (agent.revision() > revision) {
          changed.add(agent);
        }
      }
      gone.forEach(name -> news.add(event("gone", new Gone(name))));
      known.removeAll(gone);
      changed.sort(Comparator.comparingLong(AgentState::revision));
      for (AgentState agent : changed.subList(0, Math.min(MOST_AGENTS, changed.size()))) {
        news.add(event("agent", AgentRow.of(agent, now, maxAge)));
        known.add(agent.name());
        revision = agent.revision();
      }
    }

    private OutboundSseEvent event(String name, Object data) {
      return sse.newEventBuilder()
          .name(name)
          .mediaType(MediaType.APPLICATION_JSON_TYPE)
          .data(data)
          .build();
    }
  }
}
