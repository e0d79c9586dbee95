package io.cleave.transport.tensor;

import io.cleave.transport.grpc.Compression;
import io.cleave.transport.grpc.ElementType;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.util.List;

/**
 * A tensor that is to come, its head found sound before any memory is given to it.
 *
 * @param head as it came
 * @param kind of its elements
 * @param wireBytes that follow
 * @param formBytes of its form at most, before compression
 * @param valueBytes that the value will take
 */
record AnnouncedTensor(
    TensorHead head, ElementKind kind, int wireBytes, int formBytes, int valueBytes) {
  /**
   * Checks the heads of a call, together.
   *
   * @throws TensorFault at the first that is not sound, or if all together are too much
   */
  static List<AnnouncedTensor> check(List<TensorHead> heads, TensorLimits limits) {
    if (heads.size() > limits.tensors()) {
      throw new TensorFault(
          Kind.LIMIT,
          "At most %d tensors travel together, not %d.".formatted(limits.tensors(), heads.size()));
    }
    List<AnnouncedTensor> tensors = heads.stream().map(head -> check(head, limits)).toList();
    long wire = tensors.stream().mapToLong(AnnouncedTensor::wireBytes).sum();
    long values = tensors.stream().mapToLong(AnnouncedTensor::valueBytes).sum();
    checkTotal("All tensors together", Math.max(wire, values), limits);
    return tensors;
  }

  /** Whether the bytes are not compressed. */
  boolean plain() {
    return head.getCompression() == Compression.NONE;
  }

  private static AnnouncedTensor check(TensorHead head, TensorLimits limits) {
    checkName(head.getName());
    ElementKind kind = kind(head);
    checkGoesTogether(head, kind);
    long valueBytes = valueBytes(head, kind);
    checkTotal("Tensor " + quote(head), valueBytes, limits);
    FormSize size = FormSize.of(head, (int) (valueBytes / kind.bytes()), kind);
    checkTotal("Tensor " + quote(head), size.most(), limits);
    checkWireBytes(head, size);
    return new AnnouncedTensor(
        head, kind, (int) head.getWireBytes(), (int) size.most(), (int) valueBytes);
  }

  /** How its values are divided among scales, where each channel has one. */
  Channels channels() {
    return Channels.of(head.getShapeList(), head.getChannels());
  }

  private static void checkName(String name) {
    if (name.isEmpty()
        || name.length() > TensorLimits.NAME_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new TensorFault(
          Kind.NAME,
          "A tensor's name has 1 to %d characters, none of control, not %d in %s."
              .formatted(TensorLimits.NAME_LENGTH, name.length(), TensorFault.quote(name)));
    }
  }

  private static ElementKind kind(TensorHead head) {
    return switch (head.getType()) {
      case FLOAT32 -> ElementKind.FLOAT32;
      case INT64 -> ElementKind.INT64;
      case INT32 -> ElementKind.INT32;
      case BOOL -> ElementKind.BOOL;
      case UINT8 -> ElementKind.UINT8;
      case ELEMENT_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new TensorFault(
              Kind.FORM,
              "Tensor %s has element type %d; known are 1 to %d."
                  .formatted(quote(head), head.getTypeValue(), ElementType.UINT8_VALUE));
    };
  }

  private static void checkGoesTogether(TensorHead head, ElementKind kind) {
    boolean compressionKnown =
        switch (head.getCompression()) {
          case NONE -> true;
          case DEFLATE, LZ4 -> !FormSize.dense(head.getForm());
          case UNRECOGNIZED -> false;
        };
    boolean goesTogether = head.getForm() == Form.RAW || kind == ElementKind.FLOAT32;
    if (!compressionKnown || !goesTogether) {
      throw new TensorFault(
          Kind.FORM,
          "Tensor %s comes as %s in form %d, compression %d: only FLOAT32 takes another form than"
                  .formatted(quote(head), kind, head.getFormValue(), head.getCompressionValue())
              + " raw (1), and compression is 0 to %d, 0 for forms %d and %d."
                  .formatted(Compression.LZ4_VALUE, Form.INT4_ZEROS_VALUE, Form.JPEG_VALUE));
    }
  }

  private static long valueBytes(TensorHead head, ElementKind kind) {
    if (head.getShapeCount() > TensorLimits.RANK) {
      throw new TensorFault(
          Kind.SHAPE,
          "Tensor %s has %d axes; at most %d travel."
              .formatted(quote(head), head.getShapeCount(), TensorLimits.RANK));
    }
    try {
      return TensorValue.byteCount(kind, head.getShapeList());
    } catch (IllegalArgumentException e) {
      throw new TensorFault(Kind.SHAPE, "Tensor %s: %s".formatted(quote(head), e.getMessage()));
    }
  }

  private static void checkWireBytes(TensorHead head, FormSize size) {
    long wire = head.getWireBytes();
    long least =
        switch (head.getCompression()) {
          case DEFLATE -> Math.max(1, size.least() / Deflation.LARGEST_RATIO);
          case LZ4 -> Math.max(1, size.least() / Lz4.LARGEST_RATIO);
          case NONE, UNRECOGNIZED -> size.least();
        };
    if (wire < least || wire > size.most()) {
      throw new TensorFault(
          Kind.SIZE,
          "Tensor %s of %s announces %d bytes; as %s, %s, it takes %s%d."
              .formatted(
                  quote(head),
                  head.getShapeList(),
                  wire,
                  head.getForm(),
                  head.getCompression(),
                  least == size.most() ? "" : least + " to ",
                  size.most()));
    }
  }

  private static void checkTotal(String what, long bytes, TensorLimits limits) {
    if (bytes > limits.totalBytes()) {
      throw new TensorFault(
          Kind.LIMIT,
          "%s would take %d bytes; at most %d are taken."
              .formatted(what, bytes, limits.totalBytes()));
    }
  }

  private static String quote(TensorHead head) {
    return TensorFault.quote(head.getName());
  }
}
