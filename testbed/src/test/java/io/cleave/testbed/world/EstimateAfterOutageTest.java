package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceLibrary;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hard case 5: an estimate that fell during an outage must not stay low after it. */
class EstimateAfterOutageTest {
  private static final double FRAMES_PER_SECOND = 10;

  /** Offloads above 2 Mbit/s only: below, nothing but probes measures the link. */
  private static final Planner CAUTIOUS =
      observation ->
          PlanTable.of(
              List.of(
                  new PlanTable.Entry(Worlds.cut(1, 1), 0.06, 0.8e6),
                  new PlanTable.Entry(Plan.local(Worlds.GRAPH), 0.6, 0)),
              new double[] {1 / 2e6});

  /** What was seen of a run at each answer. */
  private static final class Watched {
    double lastLowSeconds;
    long offloadedLater;
    double lowSeconds;
    double seconds;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10})
  void isBackAtFourFifthsWithinTenSeconds(int outageSeconds) {
    double[] mbps = new double[30 + outageSeconds + 30];
    Arrays.fill(mbps, 20);
    Arrays.fill(mbps, 30, 30 + outageSeconds, 0);
    double back = 30 + outageSeconds;
    Watched watched = watch(Worlds.trace(1, 0.05, mbps), mbps.length - 1, back);

    assertThat(watched.lastLowSeconds).isLessThan(back + 10);
    assertThat(watched.offloadedLater).isGreaterThan(100); // of some 190 frames
  }

  @Test
  void isSeldomBelowHalfTheTruthOnARecordedTrainRide() throws IOException {
    File recording = recording();
    // Without the recording, its two-second means from the library: 300 s with the same outage.
    Watched watched =
        recording.exists()
            ? watch(sabre(recording), 540, Double.POSITIVE_INFINITY)
            : watch(
                TraceLibrary.builtIn().trace("belgium-4g-train-outage"),
                300,
                Double.POSITIVE_INFINITY);
    double share = watched.lowSeconds / watched.seconds;

    assertThat(share).isLessThan(0.05); // the stated bound; 0.02 when this was written
  }

  private static Watched watch(Trace trace, double seconds, double back) {
    Scenario scenario =
        Worlds.scenario(
            Worlds.workload(Arrivals.PERIODIC, FRAMES_PER_SECOND, seconds),
            0,
            LoadSeries.IDLE,
            trace);
    Watched watched = new Watched();
    double[] last = {0};
    SiteScenario site = new SiteScenario(List.of(scenario));
    Cast cast = new Cast(site, PlannerFactory.of(CAUTIOUS), Control.none(), 1);
    FrameSink sink =
        frame -> {
          double now = cast.clock().now();
          double estimate = cast.parties().get(0).remotes()[0].watch().up().bitsPerSecond();
          double truth = trace.up().rateAt(now);
          watched.lastLowSeconds = estimate < 0.8 * truth ? now : watched.lastLowSeconds;
          boolean later = frame.arrivalSeconds() > back + 10;
          watched.offloadedLater += later && !frame.plan().isLocal() ? 1 : 0;
          watched.lowSeconds += estimate < truth / 2 ? now - last[0] : 0;
          watched.seconds += now - last[0];
          last[0] = now;
        };
    new Run(cast, device -> sink).toEnd();
    return watched;
  }

  private static File recording() {
    String place = "../shared/traces/belgium-4g-sabre/report_train_0003.json";
    File fromRoot = new File(place);
    return fromRoot.exists() ? fromRoot : new File("..", place);
  }

  private static Trace sabre(File file) throws IOException {
    JsonNode rows = new ObjectMapper().readTree(file);
    double[] starts = new double[rows.size() + 1];
    double[] rates = new double[rows.size()];
    for (int i = 0; i < rates.length; i++) {
      starts[i + 1] = starts[i] + rows.get(i).get("duration_ms").asDouble() / 1000;
      rates[i] = rows.get(i).get("bandwidth_kbps").asDouble() * 1000;
    }
    Capacity capacity = new Capacity(starts, rates);
    return new Trace("train", "recording", capacity, capacity, RoundTrip.constant(0.02));
  }
}
