package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a device of a site was served.
 *
 * @param device name
 * @param frames that were answered
 * @param lost frames that came in and were not
 * @param late after their deadline
 * @param predicted seconds that a frame was to take, by the plan that it started under
 * @param measured seconds that it took
 * @param framesAt how many were helped by each server, or by nobody (the empty name)
 */
record Served(
    String device,
    long frames,
    long lost,
    long late,
    Sample predicted,
    Sample measured,
    Map<String, Long> framesAt) {

  /**
   * @param expected frames that came in; as far as the last answer, if they come in for ever
   */
  static Served of(
      Resident device, List<MeasuredFrame> frames, List<String> servers, long expected) {
    Sample predicted = new Sample();
    Sample measured = new Sample();
    Map<String, Long> framesAt = new TreeMap<>();
    long late = 0;
    for (MeasuredFrame frame : frames) {
      predicted.add(frame.promise().latencySeconds());
      measured.add(frame.latencySeconds());
      framesAt.merge(frame.helper(servers), 1L, Long::sum);
      late += frame.ending().late() ? 1 : 0;
    }
    return new Served(
        device.name(),
        frames.size(),
        expected - frames.size(),
        late,
        predicted,
        measured,
        framesAt);
  }
}
