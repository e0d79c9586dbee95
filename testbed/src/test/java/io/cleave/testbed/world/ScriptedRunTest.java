package io.cleave.testbed.world;

import static io.cleave.testbed.world.Worlds.hedgedTable;
import static io.cleave.testbed.world.Worlds.scenario;
import static io.cleave.testbed.world.Worlds.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.cleave.policies.plan.Hedge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedRunTest {
  private static List<FrameRecord> rerun(Scenario scenario, List<Scripted> script) {
    List<FrameRecord> again = new ArrayList<>();
    new SimulatedWorld().rerun(scenario, script, 0, again::add);
    again.sort(Comparator.comparingLong(FrameRecord::frame));
    return again;
  }

  /**
   * Idle links carry probes in the first run and none in the second, but those give way to frames:
   * every frame takes as long as before.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void framesTakeAsLongAsInTheRunThatTheyAreTakenFrom(long seed) {
    Scenario scenario =
        scenario(
            workload(Arrivals.POISSON, 0.8, 120), 0.01, LoadSeries.IDLE, Worlds.randomTrace(seed));
    List<FrameRecord> frames = Worlds.frames(scenario, hedgedTable(), seed);
    frames.sort(Comparator.comparingLong(FrameRecord::frame));
    List<Scripted> script =
        frames.stream()
            .map(each -> new Scripted(each.frame(), each.arrivalSeconds(), each.plan()))
            .toList();
    List<FrameRecord> again = rerun(scenario, script);
    assertThat(again).hasSameSizeAs(frames);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(again.get(i).latencySeconds())
          .as("seed %d frame %d", seed, i)
          .isEqualTo(frames.get(i).latencySeconds());
      assertThat(again.get(i).outcome().joules()).isEqualTo(frames.get(i).outcome().joules());
    }
  }

  @Test
  void eachFrameGetsItsOwnPlan() {
    Scenario scenario =
        scenario(
            workload(Arrivals.PERIODIC, 1, 10), 0, LoadSeries.IDLE, Worlds.trace(10, 0.1, 8.0));
    // 100 kB at 8 Mbit/s take 0.1 s, the server 0.06 s, the answer of 1 kB 0.001 s, the way 0.1 s.
    List<FrameRecord> frames =
        rerun(
            scenario,
            List.of(
                new Scripted(0, 0.5, Worlds.cut(1, 1)),
                new Scripted(1, 3, Worlds.cut(4, 1)),
                new Scripted(2, 7, Worlds.cut(1, 1).with(Hedge.AT_ONCE))));
    assertThat(frames.get(0).latencySeconds()).isEqualTo(0.261, offset(1e-9));
    assertThat(frames.get(1).latencySeconds()).isEqualTo(0.6, offset(1e-9));
    assertThat(frames.get(2).outcome().hedgeJoules()).isGreaterThan(0);
  }
}
