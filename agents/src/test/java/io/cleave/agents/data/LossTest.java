package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.agents.data.Site.Given;
import io.cleave.agents.data.Site.Heard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when the other end, or the link, is gone. */
class LossTest {
  private final Site site = new Site();

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  @Test
  void aServerThatIsNotThereFailsAtOnce() throws Exception {
    int port = site.server.address().getPort();
    site.server.close();
    Heard<RunResult> heard = new Heard<>();
    site.client(port).run(Site.order(1, Site.floats("x", 9)), heard.listener());
    assertThat(heard.failed().failure()).isEqualTo(Failure.UNREACHABLE);
  }

  @Test
  void aServerKilledDuringTheUploadFailsTheCall() throws Exception {
    Relay relay = site.relay(Relay.holdingUp(site.server.address(), 200_000));
    Heard<RunResult> heard = new Heard<>();
    site.client(relay.port()).run(Site.order(1, Site.floats("x", 500_000)), heard.listener());
    heard.uploads.take();
    relay.cut();
    assertThat(heard.failed().failure()).isEqualTo(Failure.UNREACHABLE);
    await().until(() -> site.server.openCalls() == 0);
    assertThat(site.server.counts().count(DataEvent.CANCELLED_UPLOADING)).isEqualTo(1);
  }

  @Test
  void aLinkCutWhileTheServerWorksStopsTheWork() throws Exception {
    Relay relay = site.relay(Relay.open(site.server.address()));
    Heard<RunResult> heard = new Heard<>();
    site.client(relay.port()).run(Site.order(1, Site.floats("x", 9)), heard.listener());
    Given work = site.nextWork();
    relay.cut();
    assertThat(heard.failed().failure()).isEqualTo(Failure.UNREACHABLE);
    await().until(work.answer()::isCancelled);
  }

  @Test
  void aServerThatStopsInOrderFailsWhatItHasNotDone() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client().run(Site.order(1, Site.floats("x", 9)), heard.listener());
    Given work = site.nextWork();
    site.server.close();
    assertThat(heard.failed().failure()).isEqualTo(Failure.UNREACHABLE);
    await().until(work.answer()::isCancelled);
  }

  @Test
  void aServerThatIsBackIsUsedWithinSeconds() throws Exception {
    DataClient client = site.client();
    answer(client, 1);
    int port = site.server.address().getPort();
    site.server.close();
    Heard<RunResult> lost = new Heard<>();
    client.run(Site.order(2), lost.listener());
    assertThat(lost.failed().failure()).isEqualTo(Failure.UNREACHABLE);
    try (DataServer back = site.start(port, DataLimits.standard())) {
      await()
          .atMost(Duration.ofSeconds(5))
          .until(
              () -> {
                Heard<ProbeResult> probe = new Heard<>();
                client.probe(0, 0, Duration.ofSeconds(5), probe.listener());
                return probe.outcome() instanceof Outcome.Answered;
              });
      assertThat(client.connected()).isTrue();
      answer(client, 3);
      assertThat(back.counts().count(DataEvent.EXECUTED)).isEqualTo(1);
    }
  }

  @Test
  void closingTheClientEndsItsCalls() throws Exception {
    DataClient client = site.client();
    Heard<RunResult> heard = new Heard<>();
    client.run(Site.order(1), heard.listener());
    Given work = site.nextWork();
    client.close();
    heard.failed();
    await().until(work.answer()::isCancelled);
  }

  private void answer(DataClient client, long frame) throws Exception {
    Heard<RunResult> heard = new Heard<>();
    client.run(Site.order(frame), heard.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(), 0, 0));
    heard.result();
  }
}
