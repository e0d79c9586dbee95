package io.cleave.policies.wire;

import java.util.List;
import java.util.Optional;

/**
 * What an agent, device or server, tells the controller at each interval.
 *
 * @param agent who reports
 * @param stamp place among the agent's reports
 * @param load how busy its machine is
 * @param links to servers, only those with an estimate; none from a server
 * @param runs measured since the last report
 * @param planVersion of the decision in force; 0 before the first
 * @param frames of a device; {@link FrameReport#NONE} from a server
 * @param machine for people; absent where nobody looks
 */
public record Report(
    String agent,
    Stamp stamp,
    LoadReport load,
    List<LinkReport> links,
    List<RunReport> runs,
    long planVersion,
    FrameReport frames,
    Optional<MachineReport> machine) {
  /** Without what is for people only. */
  public Report(
      String agent,
      Stamp stamp,
      LoadReport load,
      List<LinkReport> links,
      List<RunReport> runs,
      long planVersion) {
    this(agent, stamp, load, links, runs, planVersion, FrameReport.NONE, Optional.empty());
  }

  public Report {
    links = List.copyOf(links);
    runs = List.copyOf(runs);
    if (planVersion < 0) {
      throw new IllegalArgumentException(
          "A plan version must be at least 0, not %d.".formatted(planVersion));
    }
  }
}
