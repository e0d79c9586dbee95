package io.cleave.transport.json;

import io.cleave.policies.plan.Codec;
import java.util.Arrays;

/**
 * A {@link Codec} as JSON. Each reader knows the first three; the field {@code exactCodec} names
 * another, and whoever does not know that one uses what {@code codec} says.
 */
final class CodecJson {
  private static final Codec[] FIRST = {Codec.FP32, Codec.FP16, Codec.INT8};

  private CodecJson() {}

  static void write(FieldWriter to, Codec codec) {
    to.choice("codec", nearest(codec));
    if (nearest(codec) != codec) {
      to.choice("exactCodec", codec);
    }
  }

  static Codec read(Fields from) {
    Codec nearest = from.choice("codec", FIRST);
    if (!from.has("exactCodec")) {
      return nearest;
    }
    String name = from.text("exactCodec", WireLimits.TITLE_CHARS);
    return Arrays.stream(Codec.values())
        .filter(codec -> codec.name().equals(name))
        .findFirst()
        .orElse(nearest);
  }

  /** The one of the first three that moves values no more, or as little as any does. */
  private static Codec nearest(Codec codec) {
    return switch (codec) {
      case FP32, FP32_LZ4 -> Codec.FP32;
      case FP16, FP16_LZ4 -> Codec.FP16;
      case INT8, INT8_CHANNEL, INT8_LZ4, INT4, INT4_ZEROS, JPEG -> Codec.INT8;
    };
  }
}
