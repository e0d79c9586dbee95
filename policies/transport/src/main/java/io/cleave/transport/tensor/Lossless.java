package io.cleave.transport.tensor;

import io.cleave.transport.grpc.Compression;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What may make a form's bytes fewer without changing what they say. */
public sealed interface Lossless permits Deflation, Lz4 {
  /** How the receiver is told. */
  Compression compression();

  /** The bytes compressed; nothing if that makes them no fewer, or does not pay. */
  Optional<ByteBuffer> compressed(ByteBuffer bytes);
}
