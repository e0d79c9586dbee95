package io.cleave.transport.tensor;

import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A tensor ready to travel.
 *
 * @param head that goes before it
 * @param bytes as many as the head says; a view of the value's own memory where the form is raw
 * @param refused whether it travels raw since the form that was asked for cannot say its values
 */
public record EncodedTensor(TensorHead head, ByteBuffer bytes, boolean refused) {
  /**
   * Puts a tensor into a form.
   *
   * @param form for floats; other kinds travel raw. Floats of which the form cannot say one travel
   *     raw too: infinite ones and what is not a number in steps, finite ones from 65520 on as
   *     halves; and what is no picture as JPEG
   * @param lossless what makes the bytes fewer, if it pays; never of runs of zeros and JPEG
   */
  public static EncodedTensor of(TensorValue value, Form form, Lossless lossless) {
    TensorHead.Builder head =
        TensorHead.newBuilder()
            .setName(value.name())
            .setType(type(value.kind()))
            .addAllShape(value.shape());
    boolean raw = value.kind() != ElementKind.FLOAT32 || form == Form.FORM_UNSPECIFIED;
    Form wanted = raw ? Form.RAW : form;
    head.setForm(wanted);
    Optional<ByteBuffer> formed = new Encoding(value, head).in(wanted);
    if (formed.isEmpty()) {
      head.setForm(Form.RAW);
    }
    ByteBuffer bytes = formed.orElseGet(value::data);
    Optional<ByteBuffer> compressed =
        FormSize.dense(head.getForm()) ? Optional.empty() : lossless.compressed(bytes);
    ByteBuffer sent = compressed.orElse(bytes);
    head.setCompression(compressed.isPresent() ? lossless.compression() : Compression.NONE)
        .setWireBytes(sent.remaining());
    return new EncodedTensor(head.build(), sent, formed.isEmpty());
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
