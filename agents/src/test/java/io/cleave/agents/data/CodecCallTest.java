package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.data.Site.Given;
import io.cleave.agents.data.Site.Heard;
import io.cleave.policies.plan.Codec;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.tensor.Deflation;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call's tensors become on their way, in each codec. */
class CodecCallTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource
  void answersInTheFormThatTheCallTravelsIn(Codec codec) throws Exception {
    TensorValue sent = sent(codec);
    Heard<RunResult> heard = new Heard<>();
    site.client().run(order(sent, Packing.of(codec)), heard.listener());
    Given work = site.nextWork();
    work.answer().complete(new SliceAnswer(work.task().inputs(), 0, 0));
    RunResult result = heard.result();
    double bytes = 40_000 * codec.sizeFactor();
    long up = result.timing().uplinkBytes();
    switch (codec) {
      case FP32, FP16, INT8, INT4 -> assertThat(up).isEqualTo((long) bytes);
      case INT8_CHANNEL -> assertThat(up).isEqualTo((long) bytes + 50);
      // Noise, which no picture is: less than a byte a value all the same.
      case JPEG -> assertThat(up).isBetween((long) bytes, 10_000L);
      // Zeros here come one by one, which is worse than in a network.
      default -> assertThat((double) up).isBetween(0.5 * bytes, 1.9 * bytes);
    }
    assertThat(heard.packed).containsExactly(new Parcel(8.0 * up, 0));
    assertThat(result.timing().downlinkBytes()).isCloseTo(up, Percentage.withPercentage(5));
    float bound = bound(codec);
    for (int i = 0; i < 10_000; i++) {
      float error = sent.data().getFloat(4 * i) - result.outputs().get(0).data().getFloat(4 * i);
      assertThat(Math.abs(error)).isLessThanOrEqualTo(bound);
    }
    assertThat(site.server.counts().count(DataEvent.SENT_RAW)).isZero();
  }

  /** Ten channels, or one picture of as many values. */
  private static TensorValue sent(Codec codec) {
    TensorValue line = Site.activations("x", 10, 1000);
    List<Long> shape = codec == Codec.JPEG ? List.of(1L, 1L, 100L, 100L) : line.shape();
    return new TensorValue("x", ElementKind.FLOAT32, shape, line.data());
  }

  /** Values from 0 to 5, there and back: twice what one way does. */
  private static float bound(Codec codec) {
    return switch (codec) {
      case FP32, FP32_LZ4 -> 0;
      case FP16, FP16_LZ4 -> 5f / 2048;
      case INT8, INT8_CHANNEL, INT8_LZ4 -> 5f / 255;
      case INT4, INT4_ZEROS -> 5f * 3 / 4; // clipped at a quarter, at the worst
      case JPEG -> 2 * 46 * 5f / 255; // 46 steps, if all that is rounded meets in one value
    };
  }

  @ParameterizedTest
  @EnumSource
  void whatACodecCannotSayGoesRawAndIsCounted(Codec codec) throws Exception {
    ByteBuffer data = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(0, 1e9f).putFloat(4, Float.NaN);
    TensorValue sent = new TensorValue("x", ElementKind.FLOAT32, List.of(100L), data);
    Heard<RunResult> heard = new Heard<>();
    site.client().run(order(sent, Packing.of(codec)), heard.listener());
    Given work = site.nextWork();
    assertThat(work.task().inputs()).containsExactly(sent);
    work.answer().complete(new SliceAnswer(work.task().inputs(), 0, 0));
    assertThat(heard.result().outputs()).containsExactly(sent);
    int raw = codec == Codec.FP32 || codec == Codec.FP32_LZ4 ? 0 : 1;
    assertThat(heard.packed.get(0).raw()).isEqualTo(raw);
    assertThat(site.server.counts().count(DataEvent.SENT_RAW)).isEqualTo(raw);
  }

  @Test
  void deflatesBothWaysWhereItPays() throws Exception {
    TensorValue zeros =
        new TensorValue("x", ElementKind.FLOAT32, List.of(25_000L), ByteBuffer.allocate(100_000));
    Packing packing = new Packing(Form.RAW, new Deflation(1e6), new Deflation(1e6));
    Heard<RunResult> heard = new Heard<>();
    site.client().run(order(zeros, packing), heard.listener());
    Given work = site.nextWork();
    work.answer().complete(new SliceAnswer(work.task().inputs(), 0, 0));
    RunResult result = heard.result();
    assertThat(result.outputs()).containsExactly(zeros);
    assertThat(result.timing().uplinkBytes()).isLessThan(2000);
    assertThat(result.timing().downlinkBytes()).isLessThan(2000);
  }

  private static RunOrder order(TensorValue sent, Packing packing) {
    RunOrder plain = Site.order(1, sent);
    return new RunOrder(plain.key(), plain.slice(), plain.inputs(), packing, plain.timeLeft());
  }
}
