package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.cleave.agents.data.Site.Heard;
import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.PrepareReply;
import io.cleave.transport.grpc.PrepareRequest;
import io.cleave.transport.grpc.ProbeReply;
import io.cleave.transport.grpc.ProbeRequest;
import io.cleave.transport.grpc.RunHead;
import io.cleave.transport.grpc.RunReply;
import io.cleave.transport.grpc.RunRequest;
import io.cleave.transport.grpc.Slice;
import io.cleave.transport.grpc.SlicesGrpc;
import io.cleave.transport.grpc.TensorHead;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a caller sends: it is refused and counted, costs little, and the next is served. */
class HostileCallsTest {
  private final Site site = new Site();
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", site.server.address().getPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void serverStillServesAndHoldsNothing() throws Exception {
    await().until(() -> site.server.openCalls() == 0);
    assertThat(site.server.bytesUnderWay()).isZero();
    Heard<RunResult> heard = new Heard<>();
    site.client().run(Site.order(99, Site.floats("x", 1000)), heard.listener());
    site.nextWork().answer().complete(new SliceAnswer(List.of(), 0, 0));
    heard.result();
    channel.shutdownNow();
    site.close();
  }

  private static TensorHead.Builder tensor() {
    return TensorHead.newBuilder()
        .setName("x")
        .setType(ElementType.FLOAT32)
        .addShape(4)
        .setForm(Form.RAW)
        .setWireBytes(16);
  }

  private static RunHead.Builder head(TensorHead.Builder... tensors) {
    RunHead.Builder head =
        RunHead.newBuilder()
            .setDevice("camera-1")
            .setEpoch(1)
            .setFrame(1)
            .setSlice(Slice.newBuilder().setModelSha256(Site.SLICE.modelSha256()).setLayers("1-3"));
    Stream.of(tensors).forEach(head::addTensors);
    return head;
  }

  private static RunRequest of(RunHead.Builder head) {
    return RunRequest.newBuilder().setHead(head).build();
  }

  private static RunRequest chunk(int bytes) {
    return RunRequest.newBuilder().setChunk(ByteString.copyFrom(new byte[bytes])).build();
  }

  static Stream<Arguments> hostile() {
    RunHead.Builder sound = head(tensor());
    Slice slice = sound.getSlice();
    return Stream.of(
        arguments("chunk without head", Refusal.MALFORMED, List.of(chunk(1))),
        arguments("head twice", Refusal.MALFORMED, List.of(of(head(tensor())), of(head(tensor())))),
        arguments("nothing in it", Refusal.MALFORMED, List.of(RunRequest.getDefaultInstance())),
        arguments("end without a head", Refusal.MALFORMED, List.of()),
        arguments("end before the bytes", Refusal.SIZE, List.of(of(head(tensor())), chunk(15))),
        arguments("a byte too many", Refusal.SIZE, List.of(of(head(tensor())), chunk(17))),
        arguments("wrong size", Refusal.SIZE, List.of(of(head(tensor().setWireBytes(12))))),
        arguments("negative axis", Refusal.SHAPE, List.of(of(head(tensor().setShape(0, -4))))),
        arguments("2^62", Refusal.SHAPE, List.of(of(head(tensor().setShape(0, 1L << 62))))),
        arguments("unknown type", Refusal.FORM, List.of(of(head(tensor().setTypeValue(99))))),
        arguments("unknown form", Refusal.FORM, List.of(of(head(tensor().setFormValue(99))))),
        arguments(
            "giant name", Refusal.NAME, List.of(of(head(tensor().setName("n".repeat(9000)))))),
        arguments(
            "unknown answer form", Refusal.MALFORMED, List.of(of(head().setAnswerFormValue(9)))),
        arguments(
            "downlink not a number",
            Refusal.MALFORMED,
            List.of(of(head().setDownlinkBitsPerSecond(Double.NaN)))),
        arguments("no device", Refusal.MALFORMED, List.of(of(head().setDevice("")))),
        arguments("negative frame", Refusal.MALFORMED, List.of(of(head().setFrame(-1)))),
        arguments(
            "no hash",
            Refusal.MALFORMED,
            List.of(of(head().setSlice(slice.toBuilder().setModelSha256("../../etc/passwd"))))),
        arguments(
            "layers without end",
            Refusal.MALFORMED,
            List.of(of(head().setSlice(slice.toBuilder().setLayers("0-2000000000"))))),
        arguments(
            "no layers",
            Refusal.MALFORMED,
            List.of(of(head().setSlice(slice.toBuilder().setLayers(""))))),
        arguments(
            "512 MiB", Refusal.TOO_LARGE, List.of(of(head(tensor().setShape(0, 128L << 20))))),
        arguments(
            "too many tensors",
            Refusal.TOO_LARGE,
            List.of(of(head().addAllTensors(Collections.nCopies(65, tensor().build()))))),
        arguments(
            "bomb",
            Refusal.CONTENT,
            List.of(
                of(head(tensor().setCompression(Compression.DEFLATE).setWireBytes(9))), chunk(9))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedAndCounted(String what, Refusal refusal, List<RunRequest> requests)
      throws Exception {
    RawCall<RunReply> call = new RawCall<>();
    StreamObserver<RunRequest> stream = SlicesGrpc.newStub(channel).run(call);
    requests.forEach(stream::onNext);
    stream.onCompleted();
    assertThat(call.status().getCode()).isEqualTo(refusal.status().getCode());
    assertThat(call.status().getDescription()).startsWith(refusal + ": ").hasSizeLessThan(1000);
    assertThat(site.server.counts().count(refusal)).isEqualTo(1);
    assertThat(site.server.counts().refused()).isEqualTo(1);
    assertThat(site.given).isEmpty();
  }

  @Test
  void aByteTooManyAfterTheWorkBeganStopsTheWork() throws Exception {
    RawCall<RunReply> call = new RawCall<>();
    StreamObserver<RunRequest> stream = SlicesGrpc.newStub(channel).run(call);
    stream.onNext(of(head(tensor())));
    stream.onNext(chunk(16));
    Site.Given work = site.nextWork();
    stream.onNext(chunk(1));
    assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    await().until(work.answer()::isCancelled);
  }

  @Test
  void aMessageThatIsTooLongIsRefused() throws Exception {
    RawCall<RunReply> call = new RawCall<>();
    StreamObserver<RunRequest> stream = SlicesGrpc.newStub(channel).run(call);
    stream.onNext(of(head(tensor().setShape(0, 1 << 20).setWireBytes(4 << 20))));
    stream.onNext(chunk(DataLimits.MESSAGE_BYTES));
    assertThat(call.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    await().until(() -> site.server.counts().count(Refusal.UNREADABLE) == 1);
    assertThat(site.server.counts().count(DataEvent.CANCELLED_UPLOADING)).isZero();
  }

  @Test
  void bytesThatAreNoMessageAreRefused() throws Exception {
    MethodDescriptor<byte[], RunReply> garbage =
        SlicesGrpc.getRunMethod().toBuilder(
                new Bytes(), SlicesGrpc.getRunMethod().getResponseMarshaller())
            .build();
    RawCall<RunReply> call = new RawCall<>();
    StreamObserver<byte[]> stream =
        ClientCalls.asyncBidiStreamingCall(channel.newCall(garbage, CallOptions.DEFAULT), call);
    stream.onNext(new byte[] {-1, -1, -1, -1, -1});
    assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(site.server.counts().count(Refusal.MALFORMED)).isEqualTo(1);
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void noiseInsteadOfTheProtocolEndsTheConnection() throws Exception {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    try (Socket socket =
        new Socket(site.server.address().getAddress(), site.server.address().getPort())) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(noise);
        socket.getInputStream().readAllBytes(); // up to the end that the server makes
      } catch (SocketException reset) {
        assertThat(reset).isNotNull(); // an end as well
      }
    }
  }

  @ParameterizedTest
  @MethodSource("probes")
  void probesHaveTheirLimitsToo(Refusal refusal, List<ProbeRequest> requests) throws Exception {
    RawCall<ProbeReply> call = new RawCall<>();
    StreamObserver<ProbeRequest> stream = SlicesGrpc.newStub(channel).probe(call);
    requests.forEach(stream::onNext);
    assertThat(call.status().getCode()).isEqualTo(refusal.status().getCode());
    assertThat(site.server.counts().count(refusal)).isEqualTo(1);
  }

  static Stream<Arguments> probes() {
    ProbeRequest begin = ProbeRequest.newBuilder().setAnswerBytes(0).build();
    ProbeRequest chunk =
        ProbeRequest.newBuilder().setChunk(ByteString.copyFrom(new byte[60_000])).build();
    return Stream.of(
        arguments(Refusal.MALFORMED, List.of(chunk)),
        arguments(Refusal.MALFORMED, List.of(begin, begin)),
        arguments(Refusal.MALFORMED, List.of(ProbeRequest.getDefaultInstance())),
        arguments(
            Refusal.TOO_LARGE, List.of(ProbeRequest.newBuilder().setAnswerBytes(1L << 40).build())),
        arguments(Refusal.TOO_LARGE, List.of(ProbeRequest.newBuilder().setAnswerBytes(-1).build())),
        arguments(
            Refusal.TOO_LARGE,
            Stream.concat(Stream.of(begin), Collections.nCopies(71, chunk).stream()).toList()));
  }

  @Test
  void preparationHasItsLimitsToo() throws Exception {
    RawCall<PrepareReply> many = new RawCall<>();
    Slice slice = head().getSlice();
    SlicesGrpc.newStub(channel)
        .prepare(
            PrepareRequest.newBuilder().addAllSlices(Collections.nCopies(257, slice)).build(),
            many);
    assertThat(many.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    RawCall<PrepareReply> nonsense = new RawCall<>();
    SlicesGrpc.newStub(channel)
        .prepare(
            PrepareRequest.newBuilder().addSlices(slice.toBuilder().setLayers("7-3")).build(),
            nonsense);
    assertThat(nonsense.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }
}
