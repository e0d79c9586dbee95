package io.cleave.controller.control;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.control.Terms;
import java.time.Duration;

/**
 * How a site is run.
 *
 * @param site name
 * @param planner text of the catalogue that is followed at first
 * @param catalog of planners, not changed any more
 * @param terms of decisions
 * @param presence when agents count as gone
 */
public record SiteSettings(
    String site, String planner, PlannerCatalog catalog, Terms terms, Presences presence) {
  /**
   * When agents count as gone.
   *
   * @param debounce for which an agent may be said to be offline before anybody acts on it
   * @param expiry after which an agent that does not report counts as gone, whatever its status
   * @param memory after which an agent that is gone is forgotten, at least the expiry
   * @param mostAgents that the site may have, at least 1
   */
  public record Presences(Duration debounce, Duration expiry, Duration memory, int mostAgents) {
    /** One second, half a minute, ten minutes; ten thousand agents. */
    public static final Presences STANDARD =
        new Presences(
            Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(10), 10_000);

    public Presences {
      if (debounce.isNegative() || expiry.compareTo(debounce) < 0) {
        throw new IllegalArgumentException(
            "Agents must be silent for at least as long as they may be offline (%s), not for %s."
                .formatted(debounce, expiry));
      }
      if (memory.compareTo(expiry) < 0) {
        throw new IllegalArgumentException(
            "Agents must be remembered at least until they expire (%s), not for %s."
                .formatted(expiry, memory));
      }
      if (mostAgents < 1) {
        throw new IllegalArgumentException(
            "A site must be allowed at least 1 agent, not %d.".formatted(mostAgents));
      }
    }
  }
}
