package io.cleave.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.frame.Answer;
import io.cleave.agents.frame.Device;
import io.cleave.agents.source.SeededFrames;
import io.cleave.policies.plan.Hedge;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffloadTest {
  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void runsLocallyWithoutAPlanAndSplitUnderOne() throws Exception {
    rig.agent("edge-1", "server", Map.of());
    Agent agent = rig.agent("cam-1", "device", Map.of());
    Device device = agent.device().orElseThrow();

    Answer.Given local = answer(device, 7);
    assertThat(local.record().lookup().offloaded()).isFalse();
    assertThat(local.record().lookup().stages()).isEqualTo("device:0-" + (layers(device) - 1));

    agent.hear(
        Rig.decision(
            "cam-1", 1, List.of("edge-1"), Rig.split(device.model().graph(), 3, Hedge.NEVER)));
    Answer.Given split = offloaded(device, 7);

    assertThat(split.record().lookup().stages())
        .isEqualTo("device:0-2|edge-1:3-" + (layers(device) - 1));
    assertThat(split.record().lookup().planVersion()).isEqualTo(1);
    assertThat(split.record().hedgeWon()).isFalse();
    assertThat(split.record().parts().uplinkBytes()).isPositive();
    assertThat(split.outputs()).isEqualTo(local.outputs());
  }

  private static int layers(Device device) {
    return device.model().graph().size();
  }

  private static Answer.Given answer(Device device, long seed) throws Exception {
    List<TensorValue> inputs = new SeededFrames(device.model().graph(), 0).apply(seed);
    Answer answer =
        device
            .infer(inputs, Double.POSITIVE_INFINITY)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    assertThat(answer).isInstanceOf(Answer.Given.class);
    return (Answer.Given) answer;
  }

  /** Frames until one leaves the device: a plan takes force when it is ready. */
  private static Answer.Given offloaded(Device device, long seed) throws Exception {
    for (int frames = 0; frames < 10_000; frames++) {
      Answer.Given given = answer(device, seed);
      if (given.record().lookup().offloaded()) {
        return given;
      }
    }
    throw new AssertionError("No frame left the device.");
  }
}
