package io.cleave.testbed.live;

import io.cleave.policies.plan.Stage;
import io.cleave.testbed.experiment.Fixed;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows what a device writes down of its frames, and tells when it runs them otherwise or begins
 * to promise more latency than the bound on it.
 */
final class DeviceWatch {
  private final Resident device;
  private final List<String> servers;
  private final String who; // as it is told; empty if there is one device only
  private final FrameTail tail;
  private final List<MeasuredFrame> frames = new ArrayList<>();
  private final double bound; // seconds
  private List<Stage> last = List.of();
  private boolean lastOver;

  DeviceWatch(FleetPlan plan, Resident device) {
    this.device = device;
    this.servers = plan.serverNames();
    this.bound = device.workload().demand().bounds().seconds();
    this.who = plan.devices().size() > 1 ? device.name() + "  " : "";
    this.tail =
        new FrameTail(device.framesFile(), new FramesFile(servers, device.network().graph()));
  }

  /**
   * Takes what has come since.
   *
   * @param startUnixSeconds of the traces
   * @return the new frames
   */
  List<MeasuredFrame> take(double startUnixSeconds, Narrator narrator) {
    List<MeasuredFrame> now = tail.next();
    for (MeasuredFrame frame : now) {
      frames.add(frame);
      List<Stage> stages = frame.promise().plan().stages();
      boolean over = frame.promise().latencySeconds() > bound;
      if (!stages.equals(last) || (over && !lastOver)) {
        narrator.say(sentence(frame, Math.max(0, frame.arrivalUnixSeconds() - startUnixSeconds)));
        last = stages;
      }
      lastOver = over;
    }
    return now;
  }

  private String sentence(MeasuredFrame frame, double seconds) {
    return "%s  %s%s; link %s Mbit/s, %s ms%s"
        .formatted(
            Narrator.time(seconds),
            who,
            Narrator.sentence(device.network().graph(), frame.promise().plan(), servers),
            Fixed.text(linkBitsPerSecond(frame, seconds) / 1e6, 1),
            Fixed.text(1e3 * frame.latencySeconds(), 0),
            Narrator.over(frame.promise().latencySeconds(), bound));
  }

  /** What the link to the plan's server gave then, or the first one of a device alone. */
  private double linkBitsPerSecond(MeasuredFrame frame, double seconds) {
    return device.way(frame.helper(servers)).trace().up().rateAt(seconds);
  }

  Resident device() {
    return device;
  }

  /** In the order of their answers. */
  List<MeasuredFrame> frames() {
    return frames;
  }
}
