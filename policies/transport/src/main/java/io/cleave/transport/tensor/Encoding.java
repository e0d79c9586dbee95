package io.cleave.transport.tensor;

import io.cleave.policies.separable.RunLengths;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** From a tensor of floats to the bytes of a form. */
final class Encoding {
  private final TensorValue value;
  private final int count;
  private final TensorHead.Builder head;

  /**
   * @param value of floats
   * @param head that tells scale, zero point and layout in the end
   */
  Encoding(TensorValue value, TensorHead.Builder head) {
    this.value = value;
    this.count = (int) value.elements();
    this.head = head;
  }

  /**
   * The bytes of a form; empty if it cannot say these values. What would be larger as JPEG than its
   * steps are is in these, as the head says then.
   */
  Optional<ByteBuffer> in(Form form) {
    return switch (form) {
      case FLOAT16 -> halves();
      case INT8 -> span().map(span -> eightBits(AffineSteps.covering(span, StepRange.EIGHT_BITS)));
      case INT8_CHANNEL -> channels(Channels.of(value));
      case INT4 -> span().map(span -> pairs(clipped(span)));
      case INT4_ZEROS -> span().map(span -> runs(clipped(span)));
      case JPEG -> Picture.of(value.shape()).flatMap(this::picture);
      case RAW, FORM_UNSPECIFIED, UNRECOGNIZED -> Optional.of(value.data());
    };
  }

  private Blocks blocks() {
    return new Blocks(value.data());
  }

  private Optional<ByteBuffer> halves() {
    short[] halves = new short[Math.min(Blocks.LENGTH, count)];
    ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    boolean said = true;
    for (Blocks blocks = blocks(); blocks.next(); ) {
      said &= Float16.store(blocks.bits(), blocks.count(), halves);
      bytes.asShortBuffer().position(blocks.at()).put(halves, 0, blocks.count());
    }
    return said ? Optional.of(bytes) : Optional.empty();
  }

  /** Of all values; empty if one is not finite, which no step can say. */
  private Optional<ValueSpan> span() {
    ValueSpan span = ValueSpan.ZERO;
    for (Blocks blocks = blocks(); blocks.next(); ) {
      span = span.with(blocks.bits(), 0, blocks.count());
    }
    return span.finite() ? Optional.of(span) : Optional.empty();
  }

  private ByteBuffer eightBits(AffineSteps steps) {
    told(steps);
    return ByteBuffer.wrap(stepped(steps));
  }

  private AffineSteps clipped(ValueSpan span) {
    AffineSteps steps = ClippedSpan.least(span, value.data().asFloatBuffer());
    told(steps);
    return steps;
  }

  private void told(AffineSteps steps) {
    head.setScale(steps.scale()).setZeroPoint(steps.zeroPoint());
  }

  private byte[] stepped(AffineSteps steps) {
    byte[] stored = new byte[count];
    for (Blocks blocks = blocks(); blocks.next(); ) {
      steps.store(blocks.bits(), 0, blocks.count(), stored, blocks.at());
    }
    return stored;
  }

  private Optional<ByteBuffer> channels(Channels channels) {
    ValueSpan[] spans = new ValueSpan[channels.count()];
    Arrays.fill(spans, ValueSpan.ZERO);
    for (Blocks blocks = blocks(); blocks.next(); ) {
      int end = blocks.at() + blocks.count();
      for (int from = blocks.at(); from < end; from = channels.end(from, end)) {
        int channel = channels.of(from);
        int to = channels.end(from, end);
        spans[channel] = spans[channel].with(blocks.bits(), from - blocks.at(), to - blocks.at());
      }
    }
    if (!Arrays.stream(spans).allMatch(ValueSpan::finite)) {
      return Optional.empty();
    }
    head.setChannels(channels.count());
    return Optional.of(stepped(channels, spans));
  }

  private ByteBuffer stepped(Channels channels, ValueSpan[] spans) {
    int before = Channels.BYTES * channels.count();
    ByteBuffer bytes = ByteBuffer.allocate(before + count).order(ByteOrder.LITTLE_ENDIAN);
    AffineSteps[] steps = new AffineSteps[spans.length];
    for (int channel = 0; channel < steps.length; channel++) {
      steps[channel] = AffineSteps.covering(spans[channel], StepRange.EIGHT_BITS);
      bytes.putFloat(Float.BYTES * channel, steps[channel].scale());
      bytes.put(Float.BYTES * steps.length + channel, (byte) steps[channel].zeroPoint());
    }
    for (Blocks blocks = blocks(); blocks.next(); ) {
      int end = blocks.at() + blocks.count();
      for (int from = blocks.at(); from < end; from = channels.end(from, end)) {
        int to = channels.end(from, end);
        steps[channels.of(from)].store(
            blocks.bits(), from - blocks.at(), to - blocks.at(), bytes.array(), before + from);
      }
    }
    return bytes;
  }

  private Optional<ByteBuffer> picture(Picture picture) {
    return channels(Channels.of(value.shape(), picture.planes()))
        .map(steps -> fewer(steps, picture));
  }

  /** As JPEG, if that is fewer bytes. */
  private ByteBuffer fewer(ByteBuffer steps, Picture picture) {
    byte[] bytes = new byte[steps.limit()];
    steps.get(0, bytes);
    int before = bytes.length - count;
    ByteBuffer scan = JpegScan.of(picture.samples(bytes, before), picture.width());
    if (scan.remaining() >= count) {
      head.setForm(Form.INT8_CHANNEL);
      return steps;
    }
    ByteBuffer jpeg = ByteBuffer.allocate(before + scan.remaining());
    return jpeg.put(bytes, 0, before).put(scan).flip();
  }

  private ByteBuffer pairs(AffineSteps steps) {
    byte[] stored = new byte[Math.min(Blocks.LENGTH, count) + 1];
    byte[] pairs = new byte[(count + 1) / 2];
    for (Blocks blocks = blocks(); blocks.next(); ) {
      steps.store(blocks.bits(), 0, blocks.count(), stored, 0);
      stored[blocks.count()] = 0;
      int at = blocks.at() / 2; // blocks but the last are of an even length
      for (int i = 0; i < blocks.count(); i += 2) {
        pairs[at + i / 2] = (byte) ((stored[i] << 4) | stored[i + 1]);
      }
    }
    return ByteBuffer.wrap(pairs);
  }

  private ByteBuffer runs(AffineSteps steps) {
    byte[] stored = stepped(steps);
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (byte) ((stored[i] - steps.zeroPoint()) & StepRange.FOUR_BITS.most());
    }
    return ByteBuffer.wrap(RunLengths.encode(stored));
  }
}
