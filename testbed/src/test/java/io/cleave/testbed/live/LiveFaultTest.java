package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What dies and comes back costs no frame, and ten seconds later the server helps with as many as
 * before, to a fifth.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveFaultTest {
  private static final double WINDOW = 10;
  private static final double RECOVERY = 10;
  private static final String SERVER = "shelf";
  private static final String ONE_SERVER =
      """
      models: ["zoo:mobilenetv2"]
      device: {class: raspberry-pi-3b, name: camera}
      servers: [{class: desktop, name: shelf}]
      traces: [{file: steady.csv}]
      arrivals: {kind: periodic, frames-per-second: 2}
      planners: [learned]
      reports: {interval-seconds: 1, delay-seconds: 0.05}
      seeds: 1
      seconds: 600
      """;
  private static final String UNLEARNED = "nothing learned is used";

  @TempDir static Path folder;

  private FaultyFleet fleet;

  @BeforeAll
  void startAll() throws IOException {
    BuiltPrograms.assume();
    fleet = new FaultyFleet(folder, ONE_SERVER);
  }

  @AfterAll
  void endAll() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void serverKilledInMidFrame() {
    double before = offloadedOnceSteady();
    double fault = fleet.frame(fleet.now(), frame -> true); // another is on its way by now
    fleet.killServer(SERVER);
    double alone = fleet.frame(fault, frame -> !helped(frame));
    fleet.frame(alone + 1, frame -> !helped(frame));
    fleet.startServer(SERVER);
    isBackAs(before, fleet.now());
  }

  @Test
  void brokerKilledAndRestarted() {
    double before = offloadedOnceSteady();
    double fault = fleet.now();
    fleet.killBroker();
    // The plan in force needs nobody for as long as its lease lasts.
    assertThat(share(fault, fault + 4)).isGreaterThanOrEqualTo(0.8 * before);
    fleet.startBroker();
    isBackAs(before, fleet.now());
  }

  @Test
  void linkCutForSixteenSeconds() {
    double before = offloadedOnceSteady();
    double fault = fleet.now();
    fleet.link(SERVER).cut();
    await().atMost(Duration.ofMinutes(1)).until(() -> fleet.now() >= fault + 16);
    fleet.link(SERVER).restore();
    double restored = fleet.now();
    assertThat(share(fault + 2, restored - 1)).as("a dead link helps nobody").isZero();
    isBackAs(before, restored);
  }

  @Test
  void controllerKilledAndRestarted() {
    double before = offloadedOnceSteady();
    double fault = fleet.now();
    fleet.killController();
    double alone = fleet.frame(fault, frame -> frame.promise().planVersion() == 0);
    // A lease is ten reports long, and half of it is over at most when it is renewed.
    assertThat(alone - fault).as("until the lease ended").isBetween(4.0, 12.0);
    assertThat(share(fault, alone - 0.5)).isGreaterThanOrEqualTo(0.8 * before);
    assertThat(share(alone, alone + 2)).as("without a plan").isZero();
    fleet.startController();
    isBackAs(before, fleet.now());
  }

  /**
   * The server's part takes thirty times what everybody thinks, the whole way at least five times:
   * no frame is much later than the device alone would have it, and what was learned elsewhere is
   * left aside until predictions hold again.
   */
  @Test
  void serverThatIsNotWhatItSays() {
    double before = offloadedOnceSteady();
    fleet.killServer(SERVER);
    fleet.startServerMistaken(SERVER, 30);
    double fault = fleet.now();
    double known = fleet.told(fault, text -> text.contains(UNLEARNED));
    List<MeasuredFrame> frames = fleet.frames(fault, known + WINDOW);
    fleet.killServer(SERVER);
    fleet.startServer(SERVER);
    double alone = fleet.aloneSeconds();
    assertThat(frames).allMatch(frame -> frame.latencySeconds() < 2 * alone);
    assertThat(frames.stream().mapToDouble(MeasuredFrame::latencySeconds).average().orElseThrow())
        .isLessThan(1.2 * alone);
    double restored = fleet.now();
    isBackAs(before, restored);
    fleet.told(restored, text -> !text.contains(UNLEARNED));
  }

  /** The share of frames that the server helps with, as soon as it is most of them. */
  private double offloadedOnceSteady() {
    double from = fleet.frame(fleet.now(), LiveFaultTest::helped);
    double share = share(from, from + WINDOW);
    assertThat(share).as("offloaded before the fault").isGreaterThan(0.7);
    return share;
  }

  private void isBackAs(double before, double restored) {
    double after = share(restored + RECOVERY, restored + RECOVERY + WINDOW);
    assertThat(after).as("offloaded ten seconds later").isGreaterThanOrEqualTo(0.8 * before);
  }

  /** Of the frames that came in; every one is answered, or this never ends. */
  private double share(double from, double to) {
    List<MeasuredFrame> frames = fleet.frames(from, to);
    long expected = Math.round((to - from) * fleet.framesPerSecond());
    assertThat(frames.size())
        .as("submitted = completed")
        .isBetween((int) expected - 1, (int) expected + 1);
    return frames.stream().filter(LiveFaultTest::helped).count() / (double) frames.size();
  }

  private static boolean helped(MeasuredFrame frame) {
    return frame.promise().plan().stages().size() > 1 && !frame.ending().byDevice();
  }
}
