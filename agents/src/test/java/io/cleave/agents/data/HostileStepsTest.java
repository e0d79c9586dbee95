package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cleave.transport.grpc.RunHead;
import io.cleave.transport.grpc.RunReply;
import io.cleave.transport.grpc.RunRequest;
import io.cleave.transport.grpc.Signal;
import io.cleave.transport.grpc.Slice;
import io.cleave.transport.grpc.SliceExit;
import io.cleave.transport.grpc.SliceStep;
import io.cleave.transport.grpc.SlicesGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps and exits that cannot be are refused before any tensor is taken. */
class HostileStepsTest {
  private final Site site = new Site();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", site.server.address().getPort())
          .usePlaintext()
          .build();

  @AfterEach
  void stop() {
    channel.shutdownNow();
    site.close();
  }

  private static RunHead.Builder steps(SliceStep.Builder... steps) {
    RunHead.Builder head =
        RunHead.newBuilder()
            .setDevice("camera-1")
            .setEpoch(1)
            .setFrame(1)
            .setSlice(Slice.newBuilder().setModelSha256(Site.SLICE.modelSha256()).setLayers("1-3"));
    Stream.of(steps).forEach(head.getSliceBuilder()::addSteps);
    return head;
  }

  private static SliceStep.Builder step(String layers, double threshold) {
    return SliceStep.newBuilder()
        .setLayers(layers)
        .setExit(
            SliceExit.newBuilder()
                .setTensor("exit1")
                .setSignal(Signal.CONFIDENCE)
                .setClasses(10)
                .setThreshold(threshold));
  }

  static Stream<Arguments> hostileSteps() {
    SliceStep.Builder sound = step("1-2", 0.5);
    SliceExit exit = sound.getExit();
    SliceStep.Builder[] many = new SliceStep.Builder[65];
    Arrays.setAll(many, i -> step(String.valueOf(i + 1), 0.5));
    return Stream.of(
        arguments("a layer is missing", steps(sound)),
        arguments("a layer too many", steps(sound, step("3-4", 0.5))),
        arguments("a layer twice", steps(sound, step("2-3", 0.5))),
        arguments("no layers", steps(sound, SliceStep.newBuilder())),
        arguments("too many steps", steps(many)),
        arguments("threshold too large", steps(sound, step("3", 1.01))),
        arguments("threshold too small", steps(sound, step("3", 0.05))),
        arguments("threshold is no number", steps(sound, step("3", Double.NaN))),
        arguments(
            "no signal", steps(sound, step("3", 0.5).setExit(exit.toBuilder().setSignalValue(0)))),
        arguments(
            "odd signal", steps(sound, step("3", 0.5).setExit(exit.toBuilder().setSignalValue(9)))),
        arguments(
            "one class", steps(sound, step("3", 0.5).setExit(exit.toBuilder().setClasses(1)))),
        arguments("no name", steps(sound, step("3", 0.5).setExit(exit.toBuilder().setTensor("")))),
        arguments(
            "long name",
            steps(sound, step("3", 0.5).setExit(exit.toBuilder().setTensor("x".repeat(257))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileSteps")
  void stepsThatCannotBeAreRefused(String name, RunHead.Builder head) throws Exception {
    RawCall<RunReply> call = new RawCall<>();
    SlicesGrpc.newStub(channel).run(call).onNext(RunRequest.newBuilder().setHead(head).build());
    assertThat(call.status().getCode()).as(name).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(site.server.counts().count(Refusal.MALFORMED)).isEqualTo(1);
  }
}
