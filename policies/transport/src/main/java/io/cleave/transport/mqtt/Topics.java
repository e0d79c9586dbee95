package io.cleave.transport.mqtt;

import io.cleave.transport.json.AgentName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the agents and the controller of one site speak.
 *
 * @param site the site's name
 */
public record Topics(String site) {
  private static final Pattern AGENT_TOPIC =
      Pattern.compile("cleave/v1/([^/]+)/([^/]+)/(?:status|report|plan)");

  public Topics {
    requireName("site", site);
  }

  /** Retained: whether the agent is there, and what it can do. */
  public String status(String agent) {
    return of(agent, "status");
  }

  /** What the agent has measured. */
  public String report(String agent) {
    return of(agent, "report");
  }

  /** Retained until its lease ends: how the agent should run its frames. */
  public String plan(String agent) {
    return of(agent, "plan");
  }

  /** Retained: whether the controller is there. */
  public String controllerStatus() {
    return topic(AgentName.RESERVED, "status");
  }

  /** A filter for all statuses of the site, the controller's among them. */
  public String statuses() {
    return topic("+", "status");
  }

  /** A filter for all reports of the site. */
  public String reports() {
    return topic("+", "report");
  }

  /** A filter for all plans of the site. */
  public String plans() {
    return topic("+", "plan");
  }

  /** The agent whose topic it is; none for the controller's, another site's or any other topic. */
  public Optional<String> agent(String topic) {
    Matcher parts = AGENT_TOPIC.matcher(topic);
    return parts.matches() && parts.group(1).equals(site) && AgentName.isValid(parts.group(2))
        ? Optional.of(parts.group(2))
        : Optional.empty();
  }

  private String of(String agent, String kind) {
    requireName("agent", agent);
    return topic(agent, kind);
  }

  private String topic(String who, String kind) {
    return "cleave/v1/%s/%s/%s".formatted(site, who, kind);
  }

  private static void requireName(String what, String name) {
    if (!AgentName.isValid(name)) {
      String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
      throw new IllegalArgumentException(
          "\"%s\" cannot name %s %s, which takes %s."
              .formatted(shown, what.equals("agent") ? "an" : "a", what, AgentName.RULE));
    }
  }
}
