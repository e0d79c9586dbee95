package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.cleave.agents.data.Site.Heard;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.RunHead;
import io.cleave.transport.grpc.RunReply;
import io.cleave.transport.grpc.RunRequest;
import io.cleave.transport.grpc.Slice;
import io.cleave.transport.grpc.SlicesGrpc;
import io.cleave.transport.grpc.TensorHead;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callers that begin and do not go on, or hardly. */
class SlowCallersTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** The largest call that is taken: 256 MiB. */
  private static RunRequest largest(long frame) {
    return RunRequest.newBuilder()
        .setHead(
            RunHead.newBuilder()
                .setDevice("camera-1")
                .setFrame(frame)
                .setSlice(
                    Slice.newBuilder().setModelSha256(Site.SLICE.modelSha256()).setLayers("1"))
                .addTensors(
                    TensorHead.newBuilder()
                        .setName("x")
                        .setType(ElementType.UINT8)
                        .addShape(256L << 20)
                        .setForm(Form.RAW)
                        .setWireBytes(256L << 20)))
        .build();
  }

  private static RunRequest chunk(int bytes) {
    return RunRequest.newBuilder().setChunk(ByteString.copyFrom(new byte[bytes])).build();
  }

  private static ManagedChannel channel(Site site) {
    return NettyChannelBuilder.forAddress("127.0.0.1", site.server.address().getPort())
        .usePlaintext()
        .build();
  }

  @Test
  void halfACallThenSilenceIsGivenUp() throws Exception {
    try (Site site = new Site(Site.limits(4, SHORT, LONG, LONG))) {
      ManagedChannel channel = channel(site);
      RawCall<RunReply> call = new RawCall<>();
      StreamObserver<RunRequest> stream = SlicesGrpc.newStub(channel).run(call);
      stream.onNext(largest(1));
      stream.onNext(chunk(1000));
      assertThat(call.status().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(call.status().getDescription()).contains("Nothing came for PT0.4S");
      assertThat(site.server.counts().count(Refusal.SILENT)).isEqualTo(1);
      assertThat(site.server.bytesUnderWay()).isZero();
      channel.shutdownNow();
    }
  }

  @Test
  void aCallThatNeverSaysAnythingIsGivenUp() throws Exception {
    try (Site site = new Site(Site.limits(4, SHORT, LONG, LONG))) {
      ManagedChannel channel = channel(site);
      RawCall<RunReply> call = new RawCall<>();
      SlicesGrpc.newStub(channel).run(call);
      assertThat(call.status().getCode()).isEqualTo(Status.Code.ABORTED);
      channel.shutdownNow();
    }
  }

  @Test
  void aByteNowAndThenIsGivenUpAsWell() throws Exception {
    try (Site site = new Site(Site.limits(4, LONG, SHORT, LONG))) {
      ManagedChannel channel = channel(site);
      RawCall<RunReply> call = new RawCall<>();
      StreamObserver<RunRequest> stream = SlicesGrpc.newStub(channel).run(call);
      stream.onNext(largest(1));
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                if (!call.end.isDone()) {
                  stream.onNext(chunk(1));
                }
                return call.end.isDone();
              });
      assertThat(call.status().getDescription()).contains("longer than PT0.4S");
      channel.shutdownNow();
    }
  }

  @Test
  void workThatTakesItsTimeIsNotSilence() throws Exception {
    try (Site site = new Site(Site.limits(4, Duration.ofMillis(1), LONG, LONG))) {
      // Each call is silent for longer than 1 ms while the work is under way.
      Heard<RunResult> heard = new Heard<>();
      site.client().run(Site.order(1), heard.listener());
      Site.Given work = site.nextWork();
      await().during(Duration.ofMillis(600)).until(() -> !heard.end.isDone());
      work.answer().complete(new SliceAnswer(List.of(), 0, 0));
      heard.result();
    }
  }

  @Test
  void manyLargeAnnouncementsHoldLittleMemoryAndTheRestIsTurnedAway() throws Exception {
    try (Site site = new Site(Site.limits(20, Duration.ofSeconds(2), LONG, LONG))) {
      ManagedChannel channel = channel(site);
      ManagedChannel other = channel(site); // beside the limit of one connection
      List<RawCall<RunReply>> calls = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        RawCall<RunReply> call = new RawCall<>();
        calls.add(call);
        StreamObserver<RunRequest> stream = SlicesGrpc.newStub(i < 15 ? channel : other).run(call);
        stream.onNext(largest(i));
        stream.onNext(chunk(1000));
      }
      await().until(() -> site.server.counts().count(Refusal.BUSY) == 10);
      await().until(() -> site.server.openCalls() == 20);
      // 20 x 256 MiB announced; 1 MiB held for each.
      assertThat(site.server.bytesUnderWay()).isLessThanOrEqualTo(20L << 20);
      for (RawCall<RunReply> call : calls) {
        assertThat(call.status().getCode())
            .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.ABORTED);
      }
      assertThat(site.server.counts().count(Refusal.SILENT)).isEqualTo(20);
      assertThat(site.server.bytesUnderWay()).isZero();

      Heard<RunResult> heard = new Heard<>();
      site.client().run(Site.order(1), heard.listener());
      site.nextWork().answer().complete(new SliceAnswer(List.of(), 0, 0));
      heard.result();
      channel.shutdownNow();
      other.shutdownNow();
    }
  }
}
