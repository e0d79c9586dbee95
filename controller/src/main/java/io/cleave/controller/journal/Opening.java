package io.cleave.controller.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.control.Terms;
import java.time.Duration;
import java.util.Objects;

/**
 * How a session of the controller began: all that the loop is built from.
 *
 * @param site name
 * @param planner text of the catalogue
 * @param minGain as in {@link SwitchRule}
 * @param holdSeconds as in {@link SwitchRule}
 * @param switchSeconds as in {@link SwitchRule}
 * @param leaseMillis of a decision
 * @param maxReportAgeMillis after which a server is silent
 * @param firstVersion of a decision
 * @param targeting id of how servers are chosen; each device for itself in journals that do not say
 */
public record Opening(
    String site,
    String planner,
    double minGain,
    double holdSeconds,
    double switchSeconds,
    long leaseMillis,
    long maxReportAgeMillis,
    long firstVersion,
    String targeting) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Opening {
    targeting = Objects.requireNonNullElse(targeting, Targeting.EACH.id());
  }

  /** The beginning under these terms. */
  public static Opening of(String site, String planner, Terms terms) {
    return new Opening(
        site,
        planner,
        terms.rule().minGain(),
        terms.rule().holdSeconds(),
        terms.rule().switchSeconds(),
        terms.lease().toMillis(),
        terms.maxReportAge().toMillis(),
        terms.firstVersion(),
        terms.targeting().id());
  }

  /** On what terms decisions are given. */
  public Terms terms() {
    return new Terms(
        new SwitchRule(minGain, holdSeconds, switchSeconds),
        Duration.ofMillis(leaseMillis),
        Duration.ofMillis(maxReportAgeMillis),
        firstVersion,
        Targeting.byId(targeting));
  }

  /** As a journal keeps it. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException error) {
      throw new IllegalStateException(error);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Opening parse(String json) {
    try {
      return JSON.readValue(json, Opening.class);
    } catch (JsonProcessingException error) {
      throw new IllegalArgumentException(
          "The journal's opening cannot be read: %s".formatted(error.getOriginalMessage()), error);
    }
  }
}
