package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.agents.data.Site.Given;
import io.cleave.agents.data.Site.Heard;
import io.cleave.policies.graph.LayerSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At least once means twice: the same frame and stage is executed once, however often it comes. */
class TwiceTest {
  private static final SliceAnswer ANSWER =
      new SliceAnswer(List.of(Site.floats("y", 50_000)), 0.1, 0.2);

  private static Heard<RunResult> ask(DataClient client, RunOrder order) {
    Heard<RunResult> heard = new Heard<>();
    client.run(order, heard.listener());
    return heard;
  }

  @Test
  void theSecondCallJoinsTheFirst() throws Exception {
    try (Site site = new Site()) {
      RunOrder order = Site.order(1, Site.floats("x", 100_000));
      Heard<RunResult> first = ask(site.client(), order);
      Given work = site.nextWork();
      Heard<RunResult> second = ask(site.client(), order);
      await().until(() -> site.server.counts().count(DataEvent.JOINED) == 1);
      work.answer().complete(ANSWER);
      assertThat(first.result().outputs()).isEqualTo(ANSWER.outputs());
      assertThat(second.result().outputs()).isEqualTo(ANSWER.outputs());
      assertThat(site.server.counts().count(DataEvent.EXECUTED)).isEqualTo(1);
      assertThat(site.given).isEmpty();
    }
  }

  @Test
  void aCallAfterwardsGetsTheAnswerThatWasKept() throws Exception {
    try (Site site = new Site()) {
      DataClient client = site.client();
      RunOrder order = Site.order(1, Site.floats("x", 100_000));
      Heard<RunResult> first = ask(client, order);
      site.nextWork().answer().complete(ANSWER);
      RunResult one = first.result();
      RunResult two = ask(client, order).result();
      assertThat(two.outputs()).isEqualTo(one.outputs());
      assertThat(two.timing().computeSeconds()).isEqualTo(0.2);
      assertThat(site.server.counts().count(DataEvent.REPEATED)).isEqualTo(1);
      assertThat(site.server.counts().count(DataEvent.EXECUTED)).isEqualTo(1);
    }
  }

  @Test
  void anAnswerIsNotKeptForEver() throws Exception {
    DataLimits limits =
        Site.limits(10, Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ZERO);
    try (Site site = new Site(limits)) {
      DataClient client = site.client();
      for (int i = 1; i <= 2; i++) {
        Heard<RunResult> heard = ask(client, Site.order(1));
        site.nextWork().answer().complete(ANSWER);
        heard.result();
      }
      assertThat(site.server.counts().count(DataEvent.EXECUTED)).isEqualTo(2);
    }
  }

  @Test
  void theWorkGoesOnAsLongAsOneWaits() throws Exception {
    try (Site site = new Site()) {
      DataClient client = site.client();
      Heard<RunResult> first = new Heard<>();
      DataCall call = client.run(Site.order(1), first.listener());
      Given work = site.nextWork();
      Heard<RunResult> second = ask(client, Site.order(1));
      await().until(() -> site.server.counts().count(DataEvent.JOINED) == 1);
      call.cancel();
      await().until(() -> site.server.openCalls() == 1);
      assertThat(work.answer()).isNotDone();
      work.answer().complete(ANSWER);
      assertThat(second.result().outputs()).isEqualTo(ANSWER.outputs());
      assertThat(site.server.counts().count(DataEvent.STOPPED)).isZero();
    }
  }

  @Test
  void cancelledWorkIsDoneAnewWhenAskedForAgain() throws Exception {
    try (Site site = new Site()) {
      DataClient client = site.client();
      Heard<RunResult> first = new Heard<>();
      DataCall call = client.run(Site.order(1), first.listener());
      Given cancelled = site.nextWork();
      call.cancel();
      await().until(cancelled.answer()::isCancelled);
      Heard<RunResult> second = ask(client, Site.order(1));
      site.nextWork().answer().complete(ANSWER);
      second.result();
    }
  }

  @Test
  void otherFramesStagesEpochsAndDevicesAreOtherWork() throws Exception {
    try (Site site = new Site()) {
      DataClient client = site.client();
      RunOrder order = Site.order(1);
      List<FrameKey> keys =
          List.of(
              order.key(),
              new FrameKey("camera-1", 3, 2, 1),
              new FrameKey("camera-1", 3, 1, 2),
              new FrameKey("camera-1", 4, 1, 1),
              new FrameKey("camera-2", 3, 1, 1));
      for (FrameKey key : keys) {
        ask(client, new RunOrder(key, Site.SLICE, List.of(), order.packing(), order.timeLeft()));
        assertThat(site.nextWork().task().key()).isEqualTo(key);
      }
    }
  }

  @Test
  void theSameFrameWithAnotherSliceIsRefused() throws Exception {
    try (Site site = new Site()) {
      DataClient client = site.client();
      RunOrder order = Site.order(1);
      ask(client, order);
      site.nextWork();
      SliceReference other = new SliceReference(Site.SLICE.modelSha256(), LayerSet.of(1));
      Heard<RunResult> second =
          ask(
              client,
              new RunOrder(order.key(), other, List.of(), order.packing(), order.timeLeft()));
      assertThat(second.failed().failure()).isEqualTo(Failure.REFUSED);
      assertThat(site.server.counts().count(Refusal.MALFORMED)).isEqualTo(1);
    }
  }
}
