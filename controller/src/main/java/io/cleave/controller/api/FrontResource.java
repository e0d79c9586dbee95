package io.cleave.controller.api;

import io.cleave.controller.control.AgentState;
import io.cleave.controller.control.SiteState;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.wire.Decision;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What a device could have instead of its plan. Worked out when somebody asks, on a thread of the
 * server's, one front at a time, however many ask: the control loop keeps the other cores.
 */
@Singleton
@Path("/api/agents/{name}/front")
final class FrontResource {
  private static final int PATIENCE_SECONDS = 5;
  private static final int MOST_KEPT = 64;

  private final SiteState site;
  private final ReentrantLock one = new ReentrantLock();
  private final Map<String, Kept> kept = new LinkedHashMap<>(); // by agent, under the lock

  FrontResource(SiteState site) {
    this.site = site;
  }

  /** The answer to a decision. */
  private record Kept(Decision decision, FrontView front) {}

  @GET
  @Operation(summary = "Plans of a device that no other one beats, and the plan in force")
  public FrontView front(@PathParam("name") String name) {
    Verdict.Decided decided = decided(name);
    try {
      if (!one.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw Errors.refusal(503, "Other fronts are being worked out. Try again.");
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw Errors.refusal(503, "The controller is going down.");
    }
    try {
      return worked(name, decided);
    } finally {
      one.unlock();
    }
  }

  private Verdict.Decided decided(String name) {
    AgentState agent =
        site.agent(name)
            .orElseThrow(() -> Errors.refusal(404, "There is no agent %s.".formatted(name)));
    if (!agent.isDevice()) {
      throw Errors.refusal(409, "%s is a server: only devices have plans.".formatted(name));
    }
    return agent
        .decided()
        .orElseThrow(
            () ->
                Errors.refusal(
                    409,
                    "Nothing was decided for %s yet. Maybe it has not reported, or is not admitted: see trouble in /api/agents/%s."
                        .formatted(name, name)));
  }

  private FrontView worked(String name, Verdict.Decided decided) {
    Kept last = kept.get(name);
    if (last != null && last.decision().equals(decided.decision())) {
      return last.front();
    }
    FrontView front =
        DeviceFront.of(decided)
            .orElseThrow(
                () ->
                    Errors.refusal(
                        409,
                        "No server was in reach of %s at its last decision, so that there was nothing to choose."
                            .formatted(name)));
    kept.remove(name); // so that the newest is last
    kept.put(name, new Kept(decided.decision(), front));
    if (kept.size() > MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return front;
  }
}
