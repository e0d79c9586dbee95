package io.cleave.controller.api;

import io.cleave.controller.control.DecisionLog;
import io.cleave.controller.control.SiteState;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What changed, and why. */
@Path("/api/decisions")
final class DecisionsResource {
  private final SiteState site;

  DecisionsResource(SiteState site) {
    this.site = site;
  }

  /**
   * A decision that changed something.
   *
   * @param time unix seconds
   * @param reason as programs read it
   * @param sentence as people read it
   */
  record DecisionLine(double time, String agent, long version, String reason, String sentence) {
    static DecisionLine of(DecisionLog.Line line) {
      return new DecisionLine(
          Numbers.unixSeconds(line.at()),
          line.agent(),
          line.version(),
          line.reason().name(),
          line.sentence());
    }
  }

  @GET
  @Operation(summary = "Decisions that changed a plan, newest first")
  public List<DecisionLine> decisions(
      @QueryParam("limit") @DefaultValue("100") int limit,
      @QueryParam("agent") Optional<String> agent) {
    if (limit < 1 || limit > DecisionLog.MOST) {
      throw Errors.refusal(
          400, "The limit must be in 1..%d, not %d.".formatted(DecisionLog.MOST, limit));
    }
    return site.log().newest(limit, agent).stream().map(DecisionLine::of).toList();
  }
}
