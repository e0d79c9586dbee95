package io.cleave.controller.api;

import io.cleave.controller.control.AgentState;
import io.cleave.controller.control.SiteState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The agents of the site. */
@Path("/api/agents")
final class AgentsResource {
  private final SiteState site;
  private final Clock clock;

  AgentsResource(SiteState site, Clock clock) {
    this.site = site;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "All agents, by name")
  public List<AgentRow> all() {
    Instant now = clock.instant();
    Duration maxAge = site.settings().terms().maxReportAge();
    return site.agents().stream()
        .sorted(Comparator.comparing(AgentState::name))
        .map(agent -> AgentRow.of(agent, now, maxAge))
        .toList();
  }

  @GET
  @Path("/{name}")
  @Operation(summary = "One agent; of a device also its plan, the alternatives and its network")
  public AgentView one(@PathParam("name") String name) {
    return AgentView.of(
        agent(name),
        site.settings().catalog().create(site.planner()),
        clock.instant(),
        site.settings().terms().maxReportAge());
  }

  private AgentState agent(String name) {
    return site.agent(name)
        .orElseThrow(() -> Errors.refusal(404, "There is no agent %s.".formatted(name)));
  }
}
