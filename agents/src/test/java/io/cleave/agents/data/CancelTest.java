package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.agents.data.Site.Given;
import io.cleave.agents.data.Site.Heard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelTest {
  /** Twice what may be under way at once: else all of it could be, and would still arrive. */
  private static final int FLOATS = (int) (2 * SendWindow.MOST_BYTES / Float.BYTES);

  private final Site site = new Site();

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  private void awaitCount(DataEvent event, long count) {
    await().until(() -> site.server.counts().count(event) == count);
    await().until(() -> site.server.openCalls() == 0);
    assertThat(site.server.bytesUnderWay()).isZero();
  }

  @Test
  void duringTheUploadStopsSendingAndNoWorkIsDone() throws Exception {
    Relay relay = site.relay(Relay.holdingUp(site.server.address(), 200_000));
    Heard<RunResult> heard = new Heard<>();
    DataCall call =
        site.client(relay.port()).run(Site.order(1, Site.floats("x", FLOATS)), heard.listener());
    heard.uploads.take(); // the upload is under way, and cannot end
    call.cancel();
    assertThat(heard.failed().failure()).isEqualTo(Failure.CANCELLED);
    assertThat(heard.uploaded.get(heard.uploaded.size() - 1)).isLessThan(8 * 200_000);
    relay.release();
    awaitCount(DataEvent.CANCELLED_UPLOADING, 1);
    assertThat(site.given).isEmpty();
  }

  @Test
  void whileItWaitsOrRunsStopsTheWork() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    DataCall call = site.client().run(Site.order(1, Site.floats("x", 9)), heard.listener());
    Given work = site.nextWork();
    call.cancel();
    call.cancel();
    assertThat(heard.failed().failure()).isEqualTo(Failure.CANCELLED);
    await().until(work.answer()::isCancelled);
    awaitCount(DataEvent.CANCELLED_WORKING, 1);
    assertThat(site.server.counts().count(DataEvent.STOPPED)).isEqualTo(1);
  }

  @Test
  void duringTheDownloadEndsTheCall() throws Exception {
    Relay relay = site.relay(Relay.holdingDown(site.server.address(), 50_000));
    Heard<RunResult> heard = new Heard<>();
    DataCall call =
        site.client(relay.port()).run(Site.order(1, Site.floats("x", 9)), heard.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(Site.floats("y", 2_000_000)), 0, 0));
    await().until(() -> !heard.downloaded.isEmpty());
    call.cancel();
    assertThat(heard.failed().failure()).isEqualTo(Failure.CANCELLED);
    awaitCount(DataEvent.CANCELLED_ANSWERING, 1);
    assertThat(site.server.counts().count(DataEvent.STOPPED)).isZero();
  }

  @Test
  void beforeTheCallBeganIsNoError() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client().run(Site.order(1, Site.floats("x", 500_000)), heard.listener()).cancel();
    assertThat(heard.failed().failure()).isEqualTo(Failure.CANCELLED);
    await().until(() -> site.server.openCalls() == 0);
  }

  @Test
  void afterTheEndChangesNothing() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    DataCall call = site.client().run(Site.order(1), heard.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(), 0, 0));
    heard.result();
    call.cancel();
    awaitCount(DataEvent.ANSWERED, 1);
    assertThat(heard.threads).hasSize(1);
  }

  @Test
  void theDeadlineCancelsTheWorkAtTheServerToo() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client()
        .run(
            Site.order(1, Optional.of(Duration.ofMillis(300)), Site.floats("x", 9)),
            heard.listener());
    Given work = site.nextWork();
    assertThat(heard.failed().failure()).isEqualTo(Failure.LATE);
    await().until(work.answer()::isCancelled);
    await().until(() -> site.server.openCalls() == 0);
    // Its own clock tells the server, or the client's end that comes at the same moment.
    DataCounts counts = site.server.counts();
    assertThat(counts.count(DataEvent.LATE) + counts.count(DataEvent.CANCELLED_WORKING))
        .isEqualTo(1);
  }

  @Test
  void aDeadlineThatHasPassedSendsNothing() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client()
        .run(Site.order(1, Optional.of(Duration.ZERO), Site.floats("x", 9)), heard.listener());
    assertThat(heard.failed().failure()).isEqualTo(Failure.LATE);
    assertThat(site.given).isEmpty();
  }

  @Test
  void cancelledPreparationIsCancelledThere() throws Exception {
    Heard<Duration> heard = new Heard<>();
    DataCall call =
        site.client().prepare(List.of(Site.SLICE), Duration.ofSeconds(20), heard.listener());
    site.toPrepare.take();
    call.cancel();
    assertThat(heard.failed().failure()).isEqualTo(Failure.CANCELLED);
    await().until(site.prepared::isCancelled);
  }

  @Test
  void cancelledProbeEnds() throws Exception {
    Relay relay = site.relay(Relay.holdingUp(site.server.address(), 100_000));
    Heard<ProbeResult> heard = new Heard<>();
    DataCall call =
        site.client(relay.port()).probe(1 << 20, 0, Duration.ofSeconds(20), heard.listener());
    heard.uploads.take();
    call.cancel();
    assertThat(heard.failed().failure()).isEqualTo(Failure.CANCELLED);
    relay.release();
    await().until(() -> site.server.openCalls() == 0);
  }
}
