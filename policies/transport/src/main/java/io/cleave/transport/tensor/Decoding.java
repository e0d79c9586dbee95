package io.cleave.transport.tensor;

import io.cleave.transport.tensor.TensorFault.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.zip.DataFormatException;

/** From a tensor's bytes on the wire to its value, on the heap. */
final class Decoding {
  private Decoding() {}

  /** The value of a tensor whose announced number of bytes is there. */
  static TensorValue decoded(AnnouncedTensor tensor, ByteBuffer wire) {
    ByteBuffer form = tensor.plain() ? wire : inflated(tensor, wire);
    ByteBuffer value =
        switch (tensor.head().getForm()) {
          case FLOAT16 -> ofHalves(form, tensor.valueBytes());
          case INT8 -> ofSteps(form, tensor);
          default -> form;
        };
    if (tensor.kind() == ElementKind.BOOL) {
      checkTruths(tensor, value);
    }
    return new TensorValue(
        tensor.head().getName(), tensor.kind(), tensor.head().getShapeList(), value);
  }

  private static ByteBuffer inflated(AnnouncedTensor tensor, ByteBuffer wire) {
    ByteBuffer form = ByteBuffer.allocate(tensor.formBytes());
    try {
      Deflation.inflate(wire, form);
    } catch (DataFormatException e) {
      throw fault(
          tensor, "does not inflate to %d bytes: %s".formatted(tensor.formBytes(), e.getMessage()));
    }
    return form.flip();
  }

  private static ByteBuffer ofHalves(ByteBuffer form, int valueBytes) {
    ShortBuffer halves = form.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    ByteBuffer value = room(valueBytes);
    FloatBuffer floats = value.asFloatBuffer();
    for (int i = 0; i < halves.limit(); i++) {
      floats.put(i, Float16.toFloat(halves.get(i)));
    }
    return value;
  }

  private static ByteBuffer ofSteps(ByteBuffer form, AnnouncedTensor tensor) {
    AffineInt8 steps = new AffineInt8(tensor.head().getScale(), tensor.head().getZeroPoint());
    ByteBuffer value = room(tensor.valueBytes());
    FloatBuffer floats = value.asFloatBuffer();
    for (int i = 0; i < form.limit(); i++) {
      floats.put(i, steps.toFloat(form.get(i)));
    }
    return value;
  }

  private static void checkTruths(AnnouncedTensor tensor, ByteBuffer value) {
    for (int i = 0; i < value.limit(); i++) {
      if (value.get(i) < 0 || value.get(i) > 1) {
        throw fault(tensor, "has %d as truth value number %d".formatted(value.get(i), i));
      }
    }
  }

  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorFault fault(AnnouncedTensor tensor, String what) {
    return new TensorFault(
        Kind.CONTENT, "Tensor %s %s.".formatted(TensorFault.quote(tensor.head().getName()), what));
  }
}
