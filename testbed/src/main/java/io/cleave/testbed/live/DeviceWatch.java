package io.cleave.testbed.live;

import io.cleave.policies.plan.Stage;
import io.cleave.testbed.experiment.Fixed;
import java.util.ArrayList;
import java.util.List;

/** Follows what a device writes down of its frames, and tells when it runs them otherwise. */
final class DeviceWatch {
  private final Resident device;
  private final List<String> servers;
  private final String who; // as it is told; empty if there is one device only
  private final FrameTail tail;
  private final List<MeasuredFrame> frames = new ArrayList<>();
  private List<Stage> last = List.of();

  DeviceWatch(FleetPlan plan, Resident device) {
    this.device = device;
    this.servers = plan.serverNames();
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
      if (!stages.equals(last)) {
        narrator.say(sentence(frame, Math.max(0, frame.arrivalUnixSeconds() - startUnixSeconds)));
        last = stages;
      }
    }
    return now;
  }

  private String sentence(MeasuredFrame frame, double seconds) {
    return "%s  %s%s; link %s Mbit/s, %s ms"
        .formatted(
            Narrator.time(seconds),
            who,
            Narrator.sentence(device.network().graph(), frame.promise().plan(), servers),
            Fixed.text(linkBitsPerSecond(frame, seconds) / 1e6, 1),
            Fixed.text(1e3 * frame.latencySeconds(), 0));
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
