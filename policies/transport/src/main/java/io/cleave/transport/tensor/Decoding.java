package io.cleave.transport.tensor;

import io.cleave.policies.separable.RunLengths;
import io.cleave.policies.separable.TileFormatException;
import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;

/** From a tensor's bytes on the wire to its value, on the heap. */
final class Decoding {
  private Decoding() {}

  /** The value of a tensor whose announced number of bytes is there. */
  static TensorValue decoded(AnnouncedTensor tensor, ByteBuffer wire) {
    ByteBuffer form = expanded(tensor, wire);
    ByteBuffer value = tensor.head().getForm() == Form.RAW ? form : floats(tensor, form);
    if (tensor.kind() == ElementKind.BOOL) {
      checkTruths(tensor, value);
    }
    return new TensorValue(
        tensor.head().getName(), tensor.kind(), tensor.head().getShapeList(), value);
  }

  private static ByteBuffer expanded(AnnouncedTensor tensor, ByteBuffer wire) {
    if (tensor.plain()) {
      return wire;
    }
    ByteBuffer form = ByteBuffer.allocate(tensor.formBytes());
    try {
      if (tensor.head().getCompression() == Compression.LZ4) {
        Lz4.expand(wire, form.array());
        return form;
      }
      Deflation.inflate(wire, form);
      return form.flip();
    } catch (DataFormatException e) {
      throw fault(
          tensor, "does not expand to %d bytes: %s".formatted(tensor.formBytes(), e.getMessage()));
    }
  }

  /** Of another form than raw. */
  private static ByteBuffer floats(AnnouncedTensor tensor, ByteBuffer form) {
    FloatRoom room = new FloatRoom(tensor.valueBytes());
    switch (tensor.head().getForm()) {
      case FLOAT16 -> room.halves(form);
      case INT8 -> room.steps(form, steps(tensor, StepRange.EIGHT_BITS));
      case INT8_CHANNEL -> channels(tensor, form, room);
      case INT4 -> pairs(tensor, form, room);
      case INT4_ZEROS -> runs(tensor, form, room);
      case JPEG -> channels(tensor, stepped(tensor, form), room);
      default -> throw new IllegalArgumentException("The head was not checked.");
    }
    return room.filled();
  }

  private static AffineSteps steps(AnnouncedTensor tensor, StepRange range) {
    return new AffineSteps(tensor.head().getScale(), tensor.head().getZeroPoint(), range);
  }

  private static void channels(AnnouncedTensor tensor, ByteBuffer form, FloatRoom room) {
    Channels channels = tensor.channels();
    int count = channels.count();
    ByteBuffer numbers = form.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[][] values = new float[count][];
    for (int channel = 0; channel < count; channel++) {
      AffineSteps steps =
          new AffineSteps(
              numbers.getFloat(Float.BYTES * channel),
              numbers.get(Float.BYTES * count + channel),
              StepRange.EIGHT_BITS);
      if (!steps.sound()) {
        throw fault(
            tensor,
            "has scale %s in channel %d; a scale is finite and above 0"
                .formatted(steps.scale(), channel));
      }
      values[channel] = steps.values();
    }
    room.steps(form.position(Channels.BYTES * count), channels, values);
  }

  /** The same bytes, steps instead of the scan. */
  private static ByteBuffer stepped(AnnouncedTensor tensor, ByteBuffer form) {
    Picture picture = Picture.of(tensor.head().getShapeList()).orElseThrow();
    int before = Channels.BYTES * picture.planes();
    byte[] steps = new byte[before + tensor.valueBytes() / Float.BYTES];
    form.get(0, steps, 0, before);
    ByteBuffer scan = form.slice(before, form.limit() - before);
    try {
      picture.steps(JpegScan.samples(scan, picture.width(), picture.rows()), steps, before);
    } catch (DataFormatException e) {
      throw fault(tensor, "is no such JPEG: " + e.getMessage());
    }
    return ByteBuffer.wrap(steps);
  }

  private static void pairs(AnnouncedTensor tensor, ByteBuffer form, FloatRoom room) {
    boolean odd = room.count() % 2 == 1;
    if (odd && (form.get(form.limit() - 1) & 0xf) != 0) {
      throw fault(tensor, "does not end with a half byte of 0");
    }
    room.pairs(form, steps(tensor, StepRange.FOUR_BITS));
  }

  private static void runs(AnnouncedTensor tensor, ByteBuffer form, FloatRoom room) {
    byte[] content = new byte[form.remaining()];
    form.get(content);
    try {
      room.relative(RunLengths.decode(content, room.count()), steps(tensor, StepRange.FOUR_BITS));
    } catch (TileFormatException e) {
      throw fault(tensor, "has no such runs of zeros: " + e.getMessage());
    }
  }

  private static void checkTruths(AnnouncedTensor tensor, ByteBuffer value) {
    for (int i = 0; i < value.limit(); i++) {
      if (value.get(i) < 0 || value.get(i) > 1) {
        throw fault(tensor, "has %d as truth value number %d".formatted(value.get(i), i));
      }
    }
  }

  private static TensorFault fault(AnnouncedTensor tensor, String what) {
    return new TensorFault(
        Kind.CONTENT, "Tensor %s %s.".formatted(TensorFault.quote(tensor.head().getName()), what));
  }
}
