package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.plan.Sharing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Six boards as processes, paced, share each frame in fused tiles; one is killed, and one becomes
 * four times slower. No frame is lost, and the controller moves the work within ten frames.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFaultTest {
  private static final String SIX_BOARDS =
      """
      models: ["zoo:resnet18"]
      device: {class: raspberry-pi-3b, name: camera}
      servers:
        - {class: raspberry-pi-3b, name: peer-1}
        - {class: raspberry-pi-3b, name: peer-2}
        - {class: raspberry-pi-3b, name: peer-3}
        - {class: raspberry-pi-4b, name: peer-4}
        - {class: raspberry-pi-4b, name: peer-5}
      traces: [{file: steady.csv}]
      arrivals: {kind: periodic, frames-per-second: 0.4}
      planners: [aofl]
      switching: {min-gain: 0.1, hold-seconds: 5}
      reports: {interval-seconds: 1, delay-seconds: 0.05}
      seeds: 1
      seconds: 1200
      """;

  private static final String PEER = "peer-4"; // the faster ones get the larger pieces
  private static final int NODE = 4;
  private static final int TWIN = 5; // the same class, behind the same kind of link
  private static final int FRAMES = 10;

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
  void workMovesAwayFromAPeerThatDiesOrBecomesSlow() {
    fleet.frame(0, frame -> made(frame, NODE) > 0);

    double killed = fleet.frame(fleet.now(), frame -> true); // another is on its way by now
    fleet.killServer(PEER);
    List<MeasuredFrame> frames = following(killed);
    assertThat(frames)
        .as("of a dead peer nothing is asked")
        .allMatch(frame -> made(frame, NODE) == 0)
        .as("the others share on")
        .anyMatch(frame -> made(frame, TWIN) > 0);

    fleet.startServer(PEER);
    fleet.frame(fleet.now(), frame -> made(frame, NODE) > 0);
    fleet.killServer(PEER);
    fleet.startServerMistaken(PEER, 4);
    double slow =
        fleet.frame(fleet.now(), frame -> made(frame, NODE) > 0); // as fast as ever, so it says
    List<MeasuredFrame> slowed = following(slow);
    assertThat(mean(slowed, NODE))
        .as("of a slow peer less is asked than of its twin")
        .isLessThan(0.67 * mean(slowed, TWIN));
  }

  /** Some frames behind the ten after a time; each of all is answered, or this never ends. */
  private List<MeasuredFrame> following(double at) {
    int more = 5;
    double seconds = (FRAMES + more) / fleet.framesPerSecond();
    List<MeasuredFrame> frames = fleet.frames(at, at + seconds);
    assertThat(frames)
        .as("submitted = completed")
        .hasSizeBetween(FRAMES + more - 1, FRAMES + more + 1);
    return frames.subList(FRAMES, frames.size());
  }

  private static double mean(List<MeasuredFrame> frames, int node) {
    return frames.stream().mapToDouble(frame -> made(frame, node)).average().orElseThrow();
  }

  /** What a machine is to make, in shares of a whole map, all stages together. */
  private static double made(MeasuredFrame frame, int node) {
    return frame.promise().plan().stages().stream()
        .flatMap(stage -> stage.sharing().stream())
        .mapToDouble(sharing -> share(sharing, node))
        .sum();
  }

  private static double share(Sharing sharing, int node) {
    double whole = sharing.whole().places();
    return sharing.shares().stream()
        .filter(share -> share.node() == node)
        .mapToDouble(share -> share.piece().places() / whole)
        .sum();
  }
}
