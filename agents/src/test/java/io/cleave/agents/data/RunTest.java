package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.agents.data.Site.Given;
import io.cleave.agents.data.Site.Heard;
import io.cleave.agents.dnn.Gate;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunTest {
  private final Site site = new Site();

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  @Test
  void carriesAllTensorsOfACutInOneCallAndTheAnswerBack() throws Exception {
    TensorValue floats = Site.floats("conv2", 300_000);
    TensorValue ids =
        new TensorValue("ids", ElementKind.INT64, List.of(2L), ByteBuffer.allocate(16));
    TensorValue scalar =
        new TensorValue("flag", ElementKind.BOOL, List.of(), ByteBuffer.wrap(new byte[] {1}));
    Heard<RunResult> heard = new Heard<>();
    site.client().run(Site.order(1, floats, ids, scalar), heard.listener());

    Given work = site.nextWork();
    assertThat(work.task().key()).isEqualTo(new FrameKey("camera-1", 3, 1, 1));
    assertThat(work.task().slice()).isEqualTo(Site.SLICE);
    assertThat(work.task().inputs()).containsExactly(floats, ids, scalar);
    assertThat(work.task().timeLeft()).isEmpty();
    TensorValue logits = Site.floats("logits", 1000);
    work.answer().complete(new SliceAnswer(List.of(logits, ids), 0.25, 0.5));

    RunResult result = heard.result();
    assertThat(result.outputs()).containsExactly(logits, ids);
    CallTiming timing = result.timing();
    assertThat(timing.queueSeconds()).isEqualTo(0.25);
    assertThat(timing.computeSeconds()).isEqualTo(0.5);
    assertThat(timing.uplinkBytes()).isEqualTo(1_200_017);
    assertThat(timing.downlinkBytes()).isEqualTo(4016);
    assertThat(timing.streamedBytes()).isZero(); // heard with the head
    assertThat(List.of(timing.uploadSeconds(), timing.waitSeconds(), timing.roundTripSeconds()))
        .allSatisfy(seconds -> assertThat(seconds).isPositive());
    assertThat(site.server.counts().count(DataEvent.EXECUTED)).isEqualTo(1);
    assertThat(site.server.counts().count(DataEvent.ANSWERED)).isEqualTo(1);
    assertThat(site.server.counts().refused()).isZero();
  }

  @Test
  void tellsProgressInOrderOnTheLoopAndTheEndLast() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client().run(Site.order(1, Site.floats("x", 500_000)), heard.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(Site.floats("y", 100_000)), 0, 0));
    assertThat(heard.result().timing().streamedBytes()).isEqualTo(400_000 - 16_384);
    assertThat(heard.uploaded).isSorted().endsWith(16e6);
    assertThat(heard.downloaded).isSorted().endsWith(3.2e6);
    assertThat(heard.threads).containsOnly(Site.LOOP);
  }

  /** What a slow link feels, and testbed/experiments/exits-live.yaml states. */
  @Test
  void aCallCarriesSomeHundredBytesBesidesItsTensors() throws Exception {
    Relay relay = site.relay(Relay.open(site.server.address()));
    DataClient client = site.client(relay.port());
    exchange(client, 1); // connects, and names headers that later calls refer to
    long up = relay.upBytes();
    long down = relay.downBytes();
    exchange(client, 2);
    assertThat(relay.upBytes() - up - 1_568).isBetween(100L, 350L);
    assertThat(relay.downBytes() - down - 20).isBetween(50L, 200L);
  }

  private void exchange(DataClient client, long frame) throws Exception {
    Gate first = new Gate("exit1", ExitSignal.ENTROPY, 10, OptionalDouble.of(0.35));
    Gate last = new Gate("exit5", ExitSignal.ENTROPY, 10, OptionalDouble.empty());
    List<Step> steps =
        List.of(
            new Step(LayerSet.range(1, 9), Optional.of(first)),
            new Step(LayerSet.range(9, 40), Optional.of(last)));
    RunOrder plain = Site.order(frame, Optional.of(Duration.ofSeconds(20)), Site.floats("x", 392));
    Heard<RunResult> heard = new Heard<>();
    client.run(
        new RunOrder(
            plain.key(),
            new SliceReference(Site.SLICE.modelSha256(), steps),
            plain.inputs(),
            plain.packing(),
            plain.timeLeft()),
        heard.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(Site.floats("exit1", 5)), 0.25, 0.5));
    heard.result();
  }

  @Test
  void runsASliceThatNeedsNothing() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client().run(Site.order(1), heard.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(), 0, 0));
    assertThat(heard.result().outputs()).isEmpty();
    assertThat(heard.uploaded).isEmpty();
  }

  @Test
  void tellsTheServerHowMuchTimeIsLeft() throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client()
        .run(
            Site.order(1, Optional.of(Duration.ofMinutes(1)), Site.floats("x", 9)),
            heard.listener());
    Given work = site.nextWork();
    assertThat(work.task().timeLeft().orElseThrow())
        .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    work.answer().complete(new SliceAnswer(List.of(), 0, 0));
    heard.result();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNKNOWN_MODEL", "NOT_PREPARED", "UNFIT", "BUSY", "LATE", "FAILED"},
      value = Refusal.class)
  void tellsTheDeviceWhyTheAgentRefuses(Refusal refusal) throws Exception {
    Heard<RunResult> heard = new Heard<>();
    site.client().run(Site.order(1, Site.floats("x", 9)), heard.listener());
    site.nextWork().answer().completeExceptionally(new Refused(refusal, "for a reason"));
    Failure expected =
        switch (refusal) {
          case UNKNOWN_MODEL -> Failure.UNKNOWN_MODEL;
          case NOT_PREPARED -> Failure.NOT_PREPARED;
          case UNFIT -> Failure.REFUSED;
          case BUSY -> Failure.OVERLOADED;
          case LATE -> Failure.LATE;
          default -> Failure.BROKEN;
        };
    assertThat(heard.failed().failure()).isEqualTo(expected);
    assertThat(heard.failed().message()).contains("for a reason");
    assertThat(site.server.counts().count(refusal)).isEqualTo(1);
  }

  @Test
  void failedWorkIsTriedAgainWhenAskedForAgain() throws Exception {
    DataClient client = site.client();
    Heard<RunResult> first = new Heard<>();
    client.run(Site.order(1, Site.floats("x", 9)), first.listener());
    site.nextWork().answer().completeExceptionally(new IllegalStateException("engine broke"));
    assertThat(first.failed().failure()).isEqualTo(Failure.BROKEN);
    assertThat(first.failed().message()).contains("engine broke");

    Heard<RunResult> second = new Heard<>();
    client.run(Site.order(1, Site.floats("x", 9)), second.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(), 0, 0));
    second.result();
  }

  @Test
  void preparesSlices() throws Exception {
    Heard<Duration> heard = new Heard<>();
    site.client().prepare(List.of(Site.SLICE), Duration.ofSeconds(20), heard.listener());
    assertThat(site.toPrepare.take()).containsExactly(Site.SLICE);
    site.prepared.complete(null);
    assertThat(heard.result()).isPositive();
    assertThat(site.server.counts().count(DataEvent.PREPARED)).isEqualTo(1);
  }

  @Test
  void tellsWhySlicesCannotBePrepared() throws Exception {
    Heard<Duration> heard = new Heard<>();
    site.client().prepare(List.of(Site.SLICE), Duration.ofSeconds(20), heard.listener());
    site.prepared.completeExceptionally(new Refused(Refusal.UNKNOWN_MODEL, "never heard of it"));
    assertThat(heard.failed().failure()).isEqualTo(Failure.UNKNOWN_MODEL);
  }

  @Test
  void probesALinkUpwards() throws Exception {
    Heard<ProbeResult> heard = new Heard<>();
    site.client().probe(300_000, 0, Duration.ofSeconds(20), heard.listener());
    ProbeResult result = heard.result();
    assertThat(result.uploadSeconds()).isPositive();
    assertThat(result.downloadSeconds()).isZero();
    assertThat(result.roundTripSeconds()).isPositive().isLessThanOrEqualTo(result.uploadSeconds());
    assertThat(heard.uploaded).isSorted().endsWith(2.4e6);
    assertThat(site.server.counts().count(DataEvent.PROBED)).isEqualTo(1);
  }

  /** All of it fits one HTTP/2 frame, which is heard only when it is complete. */
  @Test
  void aProbeThatComesDownTellsTheRoundTripFromTheBytes() throws Exception {
    Relay relay = site.relay(Relay.holdingDown(site.server.address(), 2_000));
    Heard<ProbeResult> heard = new Heard<>();
    site.client(relay.port()).probe(0, 8_000, Duration.ofSeconds(20), heard.listener());
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> heard.end.get(1, TimeUnit.SECONDS));
    relay.release();
    assertThat(heard.result().downloadSeconds()).isGreaterThan(0.5);
    assertThat(heard.result().roundTripSeconds()).isPositive().isLessThan(0.5);
    assertThat(heard.result().uploadSeconds()).isZero();
    assertThat(heard.downloaded).isSorted().endsWith(64e3);
  }

  @Test
  void aProbeGoesOneWay() {
    Heard<ProbeResult> heard = new Heard<>();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> site.client().probe(1, 1, Duration.ofSeconds(20), heard.listener()))
        .withMessageContaining("up or down");
  }

  @Test
  void anEmptyProbeIsARoundTrip() throws Exception {
    Heard<ProbeResult> heard = new Heard<>();
    site.client().probe(0, 0, Duration.ofSeconds(20), heard.listener());
    assertThat(heard.result().roundTripSeconds()).isPositive();
    assertThat(heard.uploaded).isEmpty();
  }
}
