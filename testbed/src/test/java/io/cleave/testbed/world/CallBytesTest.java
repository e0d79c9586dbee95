package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallBytesTest {
  /** 1,000 bytes up and 500 down take 3 ms at 4 Mbit/s, and are no payload. */
  @Test
  void whatACallCarriesBesidesItsTensorsTakesItsTime() {
    Plan plan = Worlds.cut(2, 1);
    Scenario plain =
        Worlds.scenario(
            Worlds.workload(Arrivals.PERIODIC, 0.1, 100),
            0.002,
            LoadSeries.IDLE,
            Worlds.trace(1, 0.04, 4));
    FrameRecord before = last(plain, plan);
    FrameRecord after = last(Worlds.calling(plain, new CallBytes(1_000, 500)), plan);

    assertThat(after.latencySeconds()).isCloseTo(before.latencySeconds() + 0.003, within(1e-9));
    assertThat(after.outcome().uplinkBits()).isEqualTo(before.outcome().uplinkBits());
  }

  /** The first frames may have started before the first decision. */
  private static FrameRecord last(Scenario scenario, Plan plan) {
    List<FrameRecord> frames = Worlds.frames(scenario, Worlds.always(plan), 1);
    return frames.get(frames.size() - 1);
  }

  @Test
  void refusesFewerThanNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallBytes(-1, 0))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> new CallBytes(0, Double.NaN));
  }
}
