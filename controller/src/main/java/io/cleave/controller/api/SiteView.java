package io.cleave.controller.api;

import io.cleave.controller.control.AgentState;
import io.cleave.controller.control.AgentState.Standing;
import io.cleave.controller.control.SiteState;
import io.cleave.policies.control.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The site at a glance.
 *
 * @param targeting how servers are chosen
 * @param agents known, whether there or not
 * @param devices of them
 * @param servers of them
 * @param online of them
 * @param framesSubmitted by all devices since the controller started to hear of them
 * @param framesLost of sessions that ended before a report said that they were answered
 * @param p95Seconds of the frames answered in the last minutes; absent if there were none
 * @param reports taken in
 * @param receipts what became of them
 * @param decisions made, by reason
 * @param decisionsSent of them
 * @param rejected messages that changed nothing, by kind
 * @param stabilityChecks devices that were tried against all others for a change of places
 * @param stabilityBlocked of these, those that would have changed
 * @param learnedDecisions of planners that have learned something, each about one server
 * @param guardedDecisions of these, those in which a guard took a safer plan
 * @param alarms what somebody should look at, in sentences
 */
record SiteView(
    String site,
    String planner,
    String targeting,
    double unixSeconds,
    int agents,
    int devices,
    int servers,
    int online,
    long framesSubmitted,
    long framesCompleted,
    long framesLost,
    long framesLate,
    long framesOffloaded,
    long framesRescued,
    OptionalDouble p95Seconds,
    long reports,
    Map<String, Long> receipts,
    Map<String, Long> decisions,
    long decisionsSent,
    Map<String, Long> rejected,
    long stabilityChecks,
    long stabilityBlocked,
    long learnedDecisions,
    long guardedDecisions,
    long plannerFailures,
    boolean brokerConnected,
    List<String> alarms) {

  static SiteView of(SiteState site, boolean brokerConnected, Instant now) {
    Sum sum = new Sum();
    for (AgentState agent : site.agents()) {
      sum.add(agent, agent.standing(now, site.settings().terms().maxReportAge()));
    }
    Collections.sort(sum.alarms);
    Map.Entry<Long, String> failures = site.plannerFailures();
    if (failures.getKey() > 0) {
      sum.alarms.add("The " + failures.getValue());
    }
    return new SiteView(
        site.settings().site(),
        site.planner().toString(),
        site.settings().terms().targeting().id(),
        Numbers.unixSeconds(now),
        site.agents().size(),
        sum.devices,
        sum.servers,
        sum.online,
        sum.submitted,
        sum.completed,
        sum.lost,
        sum.late,
        sum.offloaded,
        sum.rescued,
        site.p95Seconds(),
        site.receipts().count(Receipt.FRESH) + site.receipts().count(Receipt.LATE),
        site.receipts().byName(),
        site.reasons().byName(),
        site.sent(),
        rejected(site),
        site.stability().made(),
        site.stability().blocked(),
        site.guarded().decisions(),
        site.guarded().guarded(),
        failures.getKey(),
        brokerConnected,
        sum.alarms);
  }

  private static Map<String, Long> rejected(SiteState site) {
    Map<String, Long> all = new TreeMap<>(site.refusals().byName());
    for (Receipt receipt : List.of(Receipt.DUPLICATE, Receipt.STALE, Receipt.UNKNOWN)) {
      if (site.receipts().count(receipt) > 0) {
        all.put(site.receipts().name(receipt), site.receipts().count(receipt));
      }
    }
    return all;
  }

  /** Sums over agents. */
  private static final class Sum {
    private final List<String> alarms = new ArrayList<>();
    private int devices;
    private int servers;
    private int online;
    private long submitted;
    private long completed;
    private long lost;
    private long late;
    private long offloaded;
    private long rescued;

    void add(AgentState agent, Standing standing) {
      devices += agent.isDevice() ? 1 : 0;
      servers += agent.isServer() ? 1 : 0;
      online += standing == Standing.ONLINE ? 1 : 0;
      submitted += agent.frames().submitted();
      completed += agent.frames().completed();
      lost += agent.lost();
      late += agent.frames().late();
      offloaded += agent.frames().offloaded();
      rescued += agent.frames().rescued();
      if (standing == Standing.QUARANTINED) {
        alarms.add(
            "Two agents seem to use the name %s, or it restarts without end."
                .formatted(agent.name()));
      }
      if (!agent.trouble().isEmpty()) {
        alarms.add("%s is not admitted: %s".formatted(agent.name(), agent.trouble()));
      }
    }
  }
}
