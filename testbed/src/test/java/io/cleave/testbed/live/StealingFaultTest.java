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
 * Six boards as processes, paced, steal each frame's tiles from one line; one is killed, and one
 * becomes four times slower. No frame is lost, and work moves within five frames: a slow machine
 * asks for fewer tiles, whoever knows it or not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StealingFaultTest {
  private static final String SIX_BOARDS =
      """
      models: ["zoo:tiny-yolov2"]
      device: {class: raspberry-pi-3b, name: camera}
      servers:
        - {class: raspberry-pi-3b, name: peer-1}
        - {class: raspberry-pi-3b, name: peer-2}
        - {class: raspberry-pi-3b, name: peer-3}
        - {class: raspberry-pi-4b, name: peer-4}
        - {class: raspberry-pi-4b, name: peer-5}
      traces: [{file: steady.csv}]
      arrivals: {kind: periodic, frames-per-second: 0.4}
      planners: ["deepthings{grid=4x4,fused=8}"]
      switching: {min-gain: 0.01, hold-seconds: 5}
      reports: {interval-seconds: 1, delay-seconds: 0.05}
      seeds: 1
      seconds: 1200
      """;

  private static final String PEER = "peer-2";
  private static final String TWIN = "peer-3"; // the same class, behind the same kind of link
  private static final int NODE = 2;
  private static final int FRAMES = 5;

  @TempDir static Path folder;

  private FaultyFleet fleet;

  @BeforeAll
  void startAll() throws IOException {
    BuiltPrograms.assume();
    fleet = new FaultyFleet(folder, SIX_BOARDS);
  }

  @AfterAll
  void endAll() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void aSlowPeerTakesFewerTilesAndADeadOneNone() {
    fleet.frame(0, StealingFaultTest::takesPart);
    Tiles even = tilesOf(FRAMES);
    assertThat(even.peer()).as("twins take as much").isBetween(even.twin() / 2, even.twin() * 2);

    fleet.killServer(PEER);
    List<MeasuredFrame> after = next(2 * FRAMES).subList(FRAMES, 2 * FRAMES);
    assertThat(after)
        .as("of a dead peer nothing is asked")
        .noneMatch(StealingFaultTest::takesPart)
        .as("the others share on")
        .allMatch(
            frame ->
                frame.promise().plan().stages().stream().anyMatch(s -> s.sharing().isPresent()));

    fleet.startServerMistaken(PEER, 4);
    fleet.frame(fleet.now(), StealingFaultTest::takesPart); // as fast as ever, so it says
    Tiles uneven = tilesOf(FRAMES);
    assertThat(uneven.twin()).as("the others go on").isPositive();
    assertThat(1.0 * uneven.peer() / uneven.twin())
        .as("a slow peer takes fewer tiles than its twin: %s", uneven)
        .isLessThan(0.67);
  }

  /** How many tiles each of the two has made. */
  private record Tiles(long peer, long twin) {}

  /** In the next so many frames. */
  private Tiles tilesOf(int frames) {
    Tiles before = tiles();
    next(frames);
    Tiles now = tiles();
    return new Tiles(now.peer() - before.peer(), now.twin() - before.twin());
  }

  private Tiles tiles() {
    return new Tiles(fleet.runs(PEER), fleet.runs(TWIN));
  }

  /** The frames that come in from now on; each of them is answered, or this never ends. */
  private List<MeasuredFrame> next(int count) {
    double from = fleet.now();
    List<MeasuredFrame> frames = fleet.frames(from, from + count / fleet.framesPerSecond());
    assertThat(frames).as("submitted = completed").hasSizeBetween(count - 1, count + 1);
    return frames.stream().limit(count).toList();
  }

  private static boolean takesPart(MeasuredFrame frame) {
    return frame.promise().plan().stages().stream()
        .flatMap(stage -> stage.sharing().stream())
        .anyMatch(sharing -> sharing.shares().stream().anyMatch(share -> share.node() == NODE));
  }
}
