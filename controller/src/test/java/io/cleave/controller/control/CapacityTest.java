package io.cleave.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.controller.Agents;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Capacity;
import io.cleave.policies.wire.Stamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
  @Test
  void aServerIsSentNoMoreDevicesThanItSaysItTakes() {
    Rehearsal full = new Rehearsal(Targeting.SWAP_MATCHING);
    full.say(Agents.server("edge-1", 1, new Capacity(1, Long.MAX_VALUE)));
    full.say(Agents.device("cam-1", 1));
    full.say(Agents.device("cam-2", 1));
    assertThat(helped(full, 1)).isEqualTo(1);

    full.say(Agents.server("edge-1", 2, new Capacity(0, Long.MAX_VALUE)));
    assertThat(helped(full, 2)).isZero();

    full.say(Agents.server("edge-1", 3, new Capacity(2, Long.MAX_VALUE)));
    assertThat(helped(full, 3)).isEqualTo(2);
  }

  /** How many of the two devices are helped after reports of everybody. */
  private static long helped(Rehearsal site, long epoch) {
    List<String> cameras = List.of("cam-1", "cam-2");
    for (long sequence = 3 * epoch; sequence < 3 * epoch + 3; sequence++) {
      site.say(Agents.report("edge-1", epoch, sequence));
      for (String camera : cameras) {
        site.say(Agents.report(camera, new Stamp(1, sequence), "edge-1", 20, 0));
      }
      site.pass(Duration.ofSeconds(1));
    }
    return cameras.stream()
        .map(
            camera ->
                site.sent.stream()
                    .filter(decision -> decision.agent().equals(camera))
                    .reduce((earlier, later) -> later)
                    .orElseThrow())
        .filter(last -> !last.table().at(Bandwidth.mbps(20)).plan().isLocal())
        .count();
  }
}
