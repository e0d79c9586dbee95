package io.cleave.transport.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileHeadsTest {
  private static TensorHead.Builder sound() {
    return TensorHead.newBuilder()
        .setName("x")
        .setType(ElementType.FLOAT32)
        .addAllShape(List.of(2L, 3L))
        .setForm(Form.RAW)
        .setWireBytes(24);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        of("no name", Kind.NAME, h -> h.setName("")),
        of("giant name", Kind.NAME, h -> h.setName("n".repeat(257))),
        of("control characters", Kind.NAME, h -> h.setName("a\nb")),
        of("no type", Kind.FORM, h -> h.setType(ElementType.ELEMENT_TYPE_UNSPECIFIED)),
        of("unknown type", Kind.FORM, h -> h.setTypeValue(77)),
        of("no form", Kind.FORM, h -> h.setForm(Form.FORM_UNSPECIFIED)),
        of("unknown form", Kind.FORM, h -> h.setFormValue(-5)),
        of("unknown compression", Kind.FORM, h -> h.setCompressionValue(3)),
        of(
            "half precision of integers",
            Kind.FORM,
            h -> h.setType(ElementType.INT32).setForm(Form.FLOAT16).setWireBytes(12)),
        of("no scale", Kind.FORM, h -> int8(h).setScale(0)),
        of("negative scale", Kind.FORM, h -> int8(h).setScale(-1)),
        of("scale not a number", Kind.FORM, h -> int8(h).setScale(Float.NaN)),
        of("infinite scale", Kind.FORM, h -> int8(h).setScale(Float.POSITIVE_INFINITY)),
        of("zero point too high", Kind.FORM, h -> int8(h).setZeroPoint(128)),
        of("zero point too low", Kind.FORM, h -> int8(h).setZeroPoint(-129)),
        of("half a byte's zero point too high", Kind.FORM, h -> int4(h).setZeroPoint(16)),
        of("half a byte's zero point too low", Kind.FORM, h -> int4(h).setZeroPoint(-1)),
        of("half a byte without a scale", Kind.FORM, h -> int4(h).setScale(0)),
        of("a byte a value for half a byte", Kind.SIZE, h -> int4(h).setWireBytes(6)),
        of("scales for too few channels", Kind.FORM, h -> channels(h, 2)),
        of("scales for too many channels", Kind.FORM, h -> channels(h, 4)),
        of("scales for no channel", Kind.FORM, h -> channels(h, 0)),
        of("scales for a negative number", Kind.FORM, h -> channels(h, -3)),
        of("no room for scales", Kind.SIZE, h -> channels(h, 3).setWireBytes(6)),
        of(
            "2^31 - 1 scales of nothing",
            Kind.LIMIT,
            h -> channels(h, Integer.MAX_VALUE).setShape(1, Integer.MAX_VALUE).setShape(0, 0)),
        of("fewer runs than there can be", Kind.SIZE, h -> zeros(h).setWireBytes(1)),
        of("more than without runs", Kind.SIZE, h -> zeros(h).setWireBytes(5)),
        of(
            "compressed runs",
            Kind.FORM,
            h -> zeros(h).setCompression(Compression.LZ4).setWireBytes(2)),
        of("a JPEG of no picture", Kind.FORM, h -> jpeg(h, 1).clearShape().addShape(64)),
        of("a JPEG of two pictures", Kind.FORM, h -> jpeg(h, 1).setShape(0, 2)),
        of("a JPEG of no channel", Kind.FORM, h -> jpeg(h, 0).setShape(1, 0)),
        of("a JPEG of two channels", Kind.FORM, h -> jpeg(h, 2).setShape(1, 2)),
        of("a JPEG with too few scales", Kind.FORM, h -> jpeg(h, 1).setShape(1, 3)),
        of("a JPEG too narrow", Kind.FORM, h -> jpeg(h, 1).setShape(3, 7)),
        of("a JPEG too high", Kind.FORM, h -> jpeg(h, 1).setShape(2, 16_385)),
        of("a JPEG of bytes", Kind.FORM, h -> jpeg(h, 1).setType(ElementType.UINT8)),
        of("compressed JPEG", Kind.FORM, h -> jpeg(h, 1).setCompression(Compression.LZ4)),
        // 64 x 64 blocks of at least 6 bits, and five bytes before them.
        of("a JPEG shrunk more than one can", Kind.SIZE, h -> jpeg(h, 1).setWireBytes(3_076)),
        of("a JPEG larger than its steps", Kind.SIZE, h -> jpeg(h, 1).setWireBytes(512 * 512 + 5)),
        of("LZ4 of nothing", Kind.SIZE, h -> h.setCompression(Compression.LZ4).setWireBytes(0)),
        of(
            "shrunk more than LZ4 can",
            Kind.SIZE,
            h -> h.setShape(0, 1_000_000).setCompression(Compression.LZ4).setWireBytes(40_000)),
        of("negative axis", Kind.SHAPE, h -> h.setShape(0, -2)),
        of("two negative axes", Kind.SHAPE, h -> h.setShape(0, -2).setShape(1, -3)),
        of("2^62 elements", Kind.SHAPE, h -> h.setShape(0, 1L << 62)),
        of("product wraps to 0", Kind.SHAPE, h -> h.setShape(0, 1L << 32).setShape(1, 1L << 32)),
        of("wraps to 24 bytes", Kind.SHAPE, h -> h.setShape(0, (1L << 62) + 2)),
        of("huge beside an empty axis", Kind.SHAPE, h -> h.setShape(0, 1L << 62).setShape(1, 0)),
        of("nine axes", Kind.SHAPE, h -> h.addAllShape(Collections.nCopies(7, 1L))),
        of("one byte too few", Kind.SIZE, h -> h.setWireBytes(23)),
        of("one byte too many", Kind.SIZE, h -> h.setWireBytes(25)),
        of("negative bytes", Kind.SIZE, h -> h.setWireBytes(-24)),
        of("full size for a half", Kind.SIZE, h -> h.setForm(Form.FLOAT16)),
        of(
            "deflated to nothing",
            Kind.SIZE,
            h -> h.setCompression(Compression.DEFLATE).setWireBytes(0)),
        of(
            "deflated but larger",
            Kind.SIZE,
            h -> h.setCompression(Compression.DEFLATE).setWireBytes(25)),
        of(
            "shrunk more than deflate can",
            Kind.SIZE,
            h -> h.setShape(0, 1_000_000).setCompression(Compression.DEFLATE).setWireBytes(10_000)),
        of("257 MiB", Kind.LIMIT, h -> h.setShape(0, 257L << 20).setShape(1, 1)),
        of("256 MiB and 4 bytes", Kind.LIMIT, h -> h.setShape(0, (64L << 20) + 1).setShape(1, 1)));
  }

  private static TensorHead.Builder int8(TensorHead.Builder head) {
    return head.setForm(Form.INT8).setScale(1).setWireBytes(6);
  }

  private static TensorHead.Builder int4(TensorHead.Builder head) {
    return head.setForm(Form.INT4).setScale(1).setWireBytes(3);
  }

  private static TensorHead.Builder jpeg(TensorHead.Builder head, int channels) {
    return head.clearShape()
        .addAllShape(List.of(1L, 1L, 512L, 512L))
        .setForm(Form.JPEG)
        .setChannels(channels)
        .setWireBytes(10_000);
  }

  private static TensorHead.Builder zeros(TensorHead.Builder head) {
    return int4(head).setForm(Form.INT4_ZEROS);
  }

  private static TensorHead.Builder channels(TensorHead.Builder head, int count) {
    return head.setForm(Form.INT8_CHANNEL).setChannels(count).setWireBytes(6 + 5L * count);
  }

  private static Arguments of(String what, Kind kind, Consumer<TensorHead.Builder> change) {
    return arguments(what, kind, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedBeforeAnyMemoryIsGiven(
      String what, Kind kind, Consumer<TensorHead.Builder> change) {
    TensorHead.Builder head = sound();
    change.accept(head);
    TensorFault fault = refused(List.of(head.build()));
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.getMessage()).hasSizeLessThan(500).doesNotContain("\n");
  }

  @Test
  void soundHeadIsTaken() {
    ByteBudget budget = new ByteBudget(1000);
    assertThat(new TensorReceiver(List.of(sound().build()), TensorLimits.DEFAULT, budget))
        .satisfies(receiver -> assertThat(receiver.announcedBytes()).isEqualTo(24));
  }

  @Test
  void tooManyAreRefused() {
    assertThat(refused(Collections.nCopies(65, sound().build())).kind()).isEqualTo(Kind.LIMIT);
  }

  @Test
  void eachWithinTheLimitButNotTogether() {
    TensorHead large =
        sound().setShape(0, 20L << 20).setShape(1, 1).setWireBytes(80L << 20).build();
    assertThat(refused(Collections.nCopies(4, large)).kind()).isEqualTo(Kind.LIMIT);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anythingIsEitherRefusedOrMadeSenseOf(long seed) {
    Random random = new Random(seed);
    long[] numbers = {0, 1, 2, 3, -1, 255, 1L << 31, 1L << 62, Long.MIN_VALUE, Long.MAX_VALUE, 24};
    TensorHead.Builder head = TensorHead.newBuilder().setName("x");
    for (int axis = random.nextInt(10); axis > 0; axis--) {
      head.addShape(numbers[random.nextInt(numbers.length)]);
    }
    head.setTypeValue(random.nextInt(7))
        .setFormValue(random.nextInt(9))
        .setCompressionValue(random.nextInt(4))
        .setChannels((int) numbers[random.nextInt(numbers.length)])
        .setScale(Float.intBitsToFloat(random.nextInt()))
        .setZeroPoint(random.nextInt())
        .setWireBytes(numbers[random.nextInt(numbers.length)]);
    ByteBudget budget = new ByteBudget(1 << 20);
    try (TensorReceiver receiver =
        new TensorReceiver(List.of(head.build()), TensorLimits.DEFAULT, budget)) {
      assertThat(receiver.announcedBytes()).isBetween(0L, 256L << 20);
    } catch (TensorFault expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
    assertThat(budget.held()).isZero();
  }

  static LongStream seeds() {
    return LongStream.range(0, 2000);
  }

  private static TensorFault refused(List<TensorHead> heads) {
    ByteBudget budget = new ByteBudget(Long.MAX_VALUE / 2);
    TensorFault fault =
        catchThrowableOfType(
            TensorFault.class, () -> new TensorReceiver(heads, TensorLimits.DEFAULT, budget));
    assertThat(budget.held()).isZero();
    return fault;
  }
}
