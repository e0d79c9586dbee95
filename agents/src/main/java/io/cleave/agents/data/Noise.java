package io.cleave.agents.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Random;

/** Bytes for probes, such that nothing between the ends can shrink them. */
final class Noise {
  private static final ByteString BYTES = make();

  private Noise() {}

  /** So many bytes, or 16 KiB if they are more. */
  static ByteString bytes(long wanted) {
    return BYTES.substring(0, (int) Math.min(wanted, BYTES.size()));
  }

  private static ByteString make() {
    byte[] bytes = new byte[Acknowledgements.STEP_BYTES];
    new Random(1).nextBytes(bytes);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }
}
