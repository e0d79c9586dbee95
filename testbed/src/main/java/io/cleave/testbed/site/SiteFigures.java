package io.cleave.testbed.site;

import io.cleave.testbed.experiment.Sample;
import io.cleave.testbed.world.FrameRecord;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.Scenario;
import io.cleave.testbed.world.SiteScenario;
import java.util.Arrays;
import java.util.List;

/** What a run of a site comes to, added up frame by frame. */
public final class SiteFigures {
  private final SiteScenario site;
  private final Sample latencies = new Sample();
  private final double[] sums; // [device] seconds of all its frames
  private final long[] counts; // [device]
  private long missed;
  private long helped;

  /** Nothing yet. */
  public SiteFigures(SiteScenario site) {
    this.site = site;
    this.sums = new double[site.devices().size()];
    this.counts = new long[sums.length];
  }

  /** Takes the frames of a device, by its place at the site. */
  public FrameSink sink(int device) {
    double deadline = site.devices().get(device).workload().demand().deadlineSeconds();
    return frame -> add(frame, device, deadline);
  }

  private void add(FrameRecord frame, int device, double deadline) {
    latencies.add(frame.latencySeconds());
    sums[device] += frame.latencySeconds();
    counts[device]++;
    missed += frame.latencySeconds() > deadline ? 1 : 0;
    helped += frame.plan().isLocal() ? 0 : 1;
  }

  /**
   * All figures of the run.
   *
   * @param switches decisions that changed the plan
   * @param serverBusySeconds for which each server worked
   */
  public SiteRow row(long switches, List<Double> serverBusySeconds) {
    long frames = Arrays.stream(counts).sum();
    double seconds = site.devices().get(0).workload().seconds();
    double[] use =
        serverBusySeconds.stream().mapToDouble(busy -> busy / seconds).sorted().toArray();
    return new SiteRow(
        latencies.mean(),
        latencies.percentile(0.5),
        latencies.percentile(0.95),
        latencies.percentile(0.99),
        missed / (double) frames,
        helped / (double) frames,
        fairness(),
        Arrays.stream(use).average().orElse(0),
        use.length == 0 ? 0 : use[use.length - 1],
        60 * switches / seconds / site.devices().size());
  }

  /**
   * Jain's index over how many times faster each device is served than it would be alone: 1 if all
   * gain alike, 1/devices if only one does.
   */
  private double fairness() {
    double sum = 0;
    double squares = 0;
    int devices = 0;
    for (int device = 0; device < sums.length; device++) {
      if (counts[device] > 0) {
        double gain = alone(site.devices().get(device)) * counts[device] / sums[device];
        sum += gain;
        squares += gain * gain;
        devices++;
      }
    }
    return sum * sum / (devices * squares);
  }

  private static double alone(Scenario device) {
    return device.device().profile().times(device.graph()).run(device.graph().all());
  }
}
