package io.cleave.controller.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cleave.controller.control.AgentState;
import io.cleave.policies.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One agent with all that is known of it; the fields of {@link AgentRow} are its own.
 *
 * @param decision of a device, the last
 * @param alternatives to it, priced
 * @param layers of the network that it runs
 */
record AgentView(
    @JsonUnwrapped AgentRow row,
    Optional<DecisionView> decision,
    List<Alternative> alternatives,
    List<LayerView> layers) {
  static AgentView of(AgentState agent, Planner planner, Instant now, Duration maxReportAge) {
    return new AgentView(
        AgentRow.of(agent, now, maxReportAge),
        agent.decided().map(DecisionView::of),
        agent.decided().map(each -> Alternative.of(each, planner)).orElse(List.of()),
        LayerView.of(agent));
  }
}
