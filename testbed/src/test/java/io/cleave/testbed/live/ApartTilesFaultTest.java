package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four boards as processes, paced, make tiles that need nothing of each other; one is killed. Every
 * frame is answered, before the deadline of its tiles or soon after, and the others go on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApartTilesFaultTest {
  private static final String FOUR_BOARDS =
      """
      models: ["%s"]
      device: {class: microcontroller, name: camera}
      servers:
        - {class: microcontroller, name: peer-1}
        - {class: microcontroller, name: peer-2}
        - {class: microcontroller, name: peer-3}
      traces: [{file: steady.csv}]
      arrivals: {kind: periodic, frames-per-second: 1.3}
      planners: [adcnn]
      reports: {interval-seconds: 1, delay-seconds: 0.05}
      seeds: 1
      seconds: 1200
      """;

  private static final String PEER = "peer-2";
  private static final int NODE = 2;
  private static final int FRAMES = 10;
  private static final double DEADLINE = 1.6; // of what tiles are foretold to take

  @TempDir static Path folder;

  private FaultyFleet fleet;

  @BeforeAll
  void startAll() throws IOException {
    BuiltPrograms.assume();
    Path model = Path.of("models", "alexnet-tiles-2x2.onnx").toAbsolutePath();
    fleet = new FaultyFleet(folder, FOUR_BOARDS.formatted(model));
  }

  @AfterAll
  void endAll() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void aDeadPeerCostsNoFrameAndLittleTime() {
    double first = fleet.frame(0, frame -> made(frame, NODE) > 0);
    List<MeasuredFrame> before = following(first, 1); // the first waits for connections
    assertThat(before).allMatch(frame -> made(frame, NODE) == 1);

    double killed = fleet.frame(fleet.now(), frame -> true); // another is on its way by now
    fleet.killServer(PEER);
    assertThat(mean(following(killed, 0))).isLessThan(DEADLINE * mean(before));

    List<MeasuredFrame> later = following(killed, FRAMES);
    assertThat(later)
        .as("nothing is asked of a dead peer")
        .allMatch(frame -> made(frame, NODE) == 0)
        .as("the others go on")
        .allMatch(frame -> made(frame, 1) >= 1 && made(frame, 3) >= 1);
    assertThat(later.stream().mapToInt(frame -> frame.ending().zeros()).sum()).isLessThan(FRAMES);
  }

  /** Ten frames behind so many after a time; each of all is answered, or this never ends. */
  private List<MeasuredFrame> following(double at, int behind) {
    double seconds = (behind + FRAMES) / fleet.framesPerSecond();
    List<MeasuredFrame> frames = fleet.frames(at, at + seconds);
    assertThat(frames)
        .as("submitted = completed")
        .hasSizeBetween(behind + FRAMES - 1, behind + FRAMES + 1);
    return frames.subList(behind, frames.size());
  }

  private static double mean(List<MeasuredFrame> frames) {
    return frames.stream().mapToDouble(MeasuredFrame::latencySeconds).average().orElseThrow();
  }

  /** Tiles that a machine is to make. */
  private static long made(MeasuredFrame frame, int node) {
    return frame.promise().plan().stages().stream()
        .flatMap(stage -> stage.sharing().stream())
        .flatMap(sharing -> sharing.shares().stream())
        .filter(share -> share.node() == node)
        .count();
  }
}
