package io.cleave.agents.frame;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Precision;
import io.cleave.transport.json.LayerRanges;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How one frame went; a line of the frames file.
 *
 * @param frame number, from 0, in order of arrival
 * @param arrivalUnixSeconds when it came in
 * @param latencySeconds from there to its answer
 * @param lookup under what it ran
 * @param hedgeWon true if the device's own continuation answered first
 * @param rescued true if that was because a stage failed or was late, not by the plan's hedge
 * @param late true if the answer came after the deadline
 * @param parts where the time went and what was moved
 * @param told what it was told
 */
public record FrameRecord(
    long frame,
    double arrivalUnixSeconds,
    double latencySeconds,
    How lookup,
    boolean hedgeWon,
    boolean rescued,
    boolean late,
    Parts parts,
    Told told) {
  /** The columns of the frames file. */
  public static final String HEADER =
      "frame,arrival_unix_seconds,latency_ms,predicted_ms,plan_version,stages,codec,"
          + "hedge_delay_ms,uplink_estimate_mbps,uplink_bytes,downlink_bytes,hedge_won,rescued,"
          + "late,device_ms,codec_ms,uplink_ms,queue_ms,remote_ms,downlink_ms,device_busy_ms,"
          + "hedge_busy_ms,exit,right,rule,zeros";

  /**
   * Under what a frame ran.
   *
   * @param planVersion of the decision; 0 for the safe plan
   * @param stages as {@code device:0-5|edge-1:6-20}; of pieces of one stage as {@code
   *     device[2:0-7]+edge-1[2:8-15]:1-5}
   * @param offloaded true if a server is among them
   * @param codec in which tensors cross
   * @param hedgeDelaySeconds infinite for none
   * @param predictedSeconds until the answer, from the frame's start; infinite if never
   * @param uplinkBitsPerSecond by which it was looked up; 0 if no uplink counted
   * @param exits at which it could leave, if the plan had some
   */
  public record How(
      long planVersion,
      String stages,
      boolean offloaded,
      Codec codec,
      double hedgeDelaySeconds,
      double predictedSeconds,
      double uplinkBitsPerSecond,
      Optional<ExitRule> exits) {
    static How of(Lookup lookup) {
      Course course = lookup.course();
      return new How(
          lookup.planVersion(),
          text(course.legs()),
          !course.isLocal(),
          course.entry().plan().codec(),
          course.hedgeSeconds(),
          lookup.predictedSeconds(),
          lookup.uplinkBitsPerSecond(),
          course.entry().plan().exits());
    }
  }

  /**
   * Where a frame's time went, in seconds, and what it moved, in bytes.
   *
   * @param deviceBusySeconds for which the device computed for it, the hedge apart
   * @param hedgeBusySeconds for which it computed beside or instead of the way
   */
  public record Parts(
      double deviceSeconds,
      double codecSeconds,
      double uplinkSeconds,
      double queueSeconds,
      double remoteSeconds,
      double downlinkSeconds,
      double deviceBusySeconds,
      double hedgeBusySeconds,
      long uplinkBytes,
      long downlinkBytes) {}

  /**
   * What a frame was told.
   *
   * @param exit at which it left, 1 for the network's first; empty if all outputs answered
   * @param right whether that was the class that it shows; empty if nobody knows
   * @param zeros pieces that did not come in time and were taken for zeros
   */
  public record Told(OptionalInt exit, Optional<Boolean> right, int zeros) {}

  /** A line of the frames file, without its end. */
  public String csv() {
    return String.join(
        ",",
        String.valueOf(frame),
        String.format(Locale.ROOT, "%.6f", arrivalUnixSeconds),
        ms(latencySeconds),
        ms(lookup.predictedSeconds()),
        String.valueOf(lookup.planVersion()),
        quoted(lookup.stages()),
        lookup.codec().name().toLowerCase(Locale.ROOT),
        ms(lookup.hedgeDelaySeconds()),
        String.format(Locale.ROOT, "%.6f", lookup.uplinkBitsPerSecond() / 1e6),
        String.valueOf(parts.uplinkBytes()),
        String.valueOf(parts.downlinkBytes()),
        String.valueOf(hedgeWon),
        String.valueOf(rescued),
        String.valueOf(late),
        ms(parts.deviceSeconds()),
        ms(parts.codecSeconds()),
        ms(parts.uplinkSeconds()),
        ms(parts.queueSeconds()),
        ms(parts.remoteSeconds()),
        ms(parts.downlinkSeconds()),
        ms(parts.deviceBusySeconds()),
        ms(parts.hedgeBusySeconds()),
        told.exit().isPresent() ? String.valueOf(told.exit().getAsInt()) : "none",
        told.right().map(String::valueOf).orElse("unknown"),
        lookup.exits().map(ExitRule::text).orElse("none"),
        String.valueOf(told.zeros()));
  }

  private static String ms(double seconds) {
    return Double.isInfinite(seconds) ? "inf" : String.format(Locale.ROOT, "%.3f", seconds * 1e3);
  }

  private static String text(List<Leg> legs) {
    return legs.stream()
        .map(leg -> leg.where() + numbers(leg) + ":" + LayerRanges.format(leg.layers()))
        .collect(Collectors.joining("|"));
  }

  private static String numbers(Leg leg) {
    return leg.steps().get(0).precision() == Precision.INT8 ? "/int8" : "";
  }

  private static String quoted(String cell) {
    return cell.contains(",") ? '"' + cell + '"' : cell;
  }
}
