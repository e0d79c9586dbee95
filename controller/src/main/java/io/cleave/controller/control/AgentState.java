package io.cleave.controller.control;

import io.cleave.policies.control.Verdict;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An agent as it was when something of it changed last. Immutable, but for its series.
 *
 * @param name of the agent
 * @param revision of the site at that moment, ascending
 * @param capabilities of its newest birth
 * @param graph that it runs as a device, once that is known
 * @param presence what its statuses and reports say
 * @param trouble why it is not admitted, for people; empty if nothing is wrong
 * @param report the freshest, if there is one
 * @param frames over all its sessions
 * @param answers what they were told, as far as that is counted
 * @param lost of the frames: of sessions that ended before a report said that they were answered
 * @param correction of its profile, 1 for none
 * @param decided the last decision and what was seen for it, if there is one
 * @param series of the last minutes
 */
public record AgentState(
    String name,
    long revision,
    Capabilities capabilities,
    Optional<DnnGraph> graph,
    Presence presence,
    String trouble,
    Optional<Report> report,
    FrameReport.Counts frames,
    FrameReport.Answers answers,
    long lost,
    double correction,
    Optional<Verdict.Decided> decided,
    Series series) {
  /**
   * What statuses and reports say of an agent.
   *
   * @param offline true if its session is known to be over, or it has been silent for too long
   * @param quarantinedUntil end of the quarantine; long ago if it never was in one
   * @param heardAt when the freshest report came; {@link Instant#EPOCH} if none came
   */
  public record Presence(boolean offline, Instant quarantinedUntil, Instant heardAt) {}

  /** How things stand with an agent. */
  public enum Standing {
    /** Its newest session is on and its reports are fresh. */
    ONLINE,
    /** Its session is said to be on, but its reports are old or have not begun. */
    SILENT,
    /** Its session is over, or it has been silent for so long that it must be. */
    OFFLINE,
    /** Two agents seem to use its id; nothing of it counts. */
    QUARANTINED
  }

  /** How things stand now. */
  public Standing standing(Instant now, Duration maxReportAge) {
    if (now.isBefore(presence.quarantinedUntil())) {
      return Standing.QUARANTINED;
    }
    if (presence.offline()) {
      return Standing.OFFLINE;
    }
    boolean fresh = !presence.heardAt().plus(maxReportAge).isBefore(now);
    return fresh ? Standing.ONLINE : Standing.SILENT;
  }

  public boolean isDevice() {
    return capabilities.device().isPresent();
  }

  public boolean isServer() {
    return capabilities.dataAddress().isPresent();
  }
}
