package io.cleave.transport.tensor;

import io.cleave.policies.separable.RunLengths;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;

/**
 * How many bytes a form takes before compression.
 *
 * @param least whatever the values
 * @param most whatever the values
 */
record FormSize(long least, long most) {
  /**
   * Of a tensor from outside.
   *
   * @param count of its elements
   * @throws TensorFault if the form is unknown, or scale, zero point or channels are none
   */
  static FormSize of(TensorHead head, int count, ElementKind kind) {
    return switch (head.getForm()) {
      case RAW -> exactly((long) kind.bytes() * count);
      case FLOAT16 -> exactly(2L * count);
      case INT8 -> {
        checkSteps(head, StepRange.EIGHT_BITS);
        yield exactly(count);
      }
      case INT8_CHANNEL -> {
        checkChannels(head);
        yield exactly((long) Channels.BYTES * head.getChannels() + count);
      }
      case INT4 -> {
        checkSteps(head, StepRange.FOUR_BITS);
        yield exactly((count + 1) / 2);
      }
      case INT4_ZEROS -> {
        checkSteps(head, StepRange.FOUR_BITS);
        yield new FormSize(RunLengths.fewestBytes(count), RunLengths.packedBytes(count));
      }
      case JPEG -> {
        checkChannels(head);
        yield picture(head, count);
      }
      case FORM_UNSPECIFIED, UNRECOGNIZED ->
          throw new TensorFault(
              Kind.FORM,
              "Tensor %s comes in form %d; known are 1 to %d. Maybe its sender is of a later version."
                  .formatted(quote(head), head.getFormValue(), Form.JPEG_VALUE));
    };
  }

  private static FormSize exactly(long bytes) {
    return new FormSize(bytes, bytes);
  }

  /** Whether a form's bytes are never compressed, since they are already. */
  static boolean dense(Form form) {
    return form == Form.INT4_ZEROS || form == Form.JPEG;
  }

  private static FormSize picture(TensorHead head, int count) {
    Picture picture =
        Picture.of(head.getShapeList())
            .filter(found -> head.getChannels() == found.planes())
            .orElseThrow(
                () ->
                    new TensorFault(
                        Kind.FORM,
                        "Tensor %s of %s, scales for %d channels, is no picture: 1 x 1 or 3 x H x W with sides of 8 to 16384 and a scale for each channel."
                            .formatted(quote(head), head.getShapeList(), head.getChannels())));
    long before = (long) Channels.BYTES * picture.planes();
    long bits = (long) JpegScan.FEWEST_BITS * picture.blocks();
    return new FormSize(before + (bits + Byte.SIZE - 1) / Byte.SIZE, before + count - 1);
  }

  private static void checkSteps(TensorHead head, StepRange range) {
    if (!new AffineSteps(head.getScale(), head.getZeroPoint(), range).sound()) {
      throw new TensorFault(
          Kind.FORM,
          "Tensor %s has scale %s and zero point %d; a scale is finite and above 0, a zero point"
                  .formatted(quote(head), head.getScale(), head.getZeroPoint())
              + " of %s in [%d, %d].".formatted(head.getForm(), range.least(), range.most()));
    }
  }

  private static void checkChannels(TensorHead head) {
    long along = head.getShapeCount() < 2 ? 1 : head.getShape(1);
    if (head.getChannels() != 1 && (head.getChannels() < 1 || head.getChannels() != along)) {
      throw new TensorFault(
          Kind.FORM,
          "Tensor %s of %s has scales for %d channels; it has one for each of axis 1, that is %d,"
                  .formatted(quote(head), head.getShapeList(), head.getChannels(), along)
              + " or one for all.");
    }
  }

  private static String quote(TensorHead head) {
    return TensorFault.quote(head.getName());
  }
}
