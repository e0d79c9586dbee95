package io.cleave.transport.tensor;

import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * A tensor ready to travel.
 *
 * @param head that goes before it
 * @param bytes as many as the head says; a view of the value's own memory where the form is raw
 */
public record EncodedTensor(TensorHead head, ByteBuffer bytes) {
  /**
   * Puts a tensor into a form.
   *
   * @param form for floats; other kinds travel raw. Floats that INT8 cannot say, being infinite or
   *     not numbers, travel raw too
   * @param deflation whether compressing pays
   */
  public static EncodedTensor of(TensorValue value, Form form, Deflation deflation) {
    TensorHead.Builder head =
        TensorHead.newBuilder()
            .setName(value.name())
            .setType(type(value.kind()))
            .addAllShape(value.shape());
    ByteBuffer bytes = formed(value, form, head);
    Optional<ByteBuffer> deflated = deflation.deflated(bytes);
    ByteBuffer sent = deflated.orElse(bytes);
    head.setCompression(deflated.isPresent() ? Compression.DEFLATE : Compression.NONE)
        .setWireBytes(sent.remaining());
    return new EncodedTensor(head.build(), sent);
  }

  private static ByteBuffer formed(TensorValue value, Form form, TensorHead.Builder head) {
    if (value.kind() == ElementKind.FLOAT32 && form == Form.FLOAT16) {
      head.setForm(Form.FLOAT16);
      return halves(value);
    }
    if (value.kind() == ElementKind.FLOAT32 && form == Form.INT8) {
      AffineInt8 steps = AffineInt8.fitting(value.data().asFloatBuffer());
      if (steps.fits()) {
        head.setForm(Form.INT8).setScale(steps.scale()).setZeroPoint(steps.zeroPoint());
        return stepped(value, steps);
      }
    }
    head.setForm(Form.RAW);
    return value.data();
  }

  private static ByteBuffer halves(TensorValue value) {
    FloatBuffer floats = value.data().asFloatBuffer();
    short[] halves = new short[floats.remaining()];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float16.of(floats.get(i));
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(halves);
    return bytes;
  }

  private static ByteBuffer stepped(TensorValue value, AffineInt8 steps) {
    FloatBuffer floats = value.data().asFloatBuffer();
    byte[] stored = new byte[floats.remaining()];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = steps.of(floats.get(i));
    }
    return ByteBuffer.wrap(stored);
  }

  private static ElementType type(ElementKind kind) {
    return switch (kind) {
      case FLOAT32 -> ElementType.FLOAT32;
      case INT64 -> ElementType.INT64;
      case INT32 -> ElementType.INT32;
      case BOOL -> ElementType.BOOL;
      case UINT8 -> ElementType.UINT8;
    };
  }
}
