package io.cleave.transport.tensor;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.cleave.transport.grpc.Compression;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * A fast general compressor: pays on links up to some hundred Mbit/s, so that a plan can count on
 * it. What does not become smaller is sent as it is.
 */
public enum Lz4 implements Lossless {
  /** As one block. */
  BLOCK;

  /** A byte of a block stands for at most so many. */
  static final int LARGEST_RATIO = 255;

  @Override
  public Compression compression() {
    return Compression.LZ4;
  }

  @Override
  public Optional<ByteBuffer> compressed(ByteBuffer bytes) {
    Lz4Compressor compressor = new Lz4Compressor();
    ByteBuffer block = ByteBuffer.allocate(compressor.maxCompressedLength(bytes.remaining()));
    compressor.compress(onHeap(bytes), block);
    block.flip();
    return block.remaining() < bytes.remaining() ? Optional.of(block) : Optional.empty();
  }

  /**
   * Fills a room exactly; never more, whatever the block says.
   *
   * @throws DataFormatException if the block is none, or does not end where the room does
   */
  static void expand(ByteBuffer block, byte[] room) throws DataFormatException {
    ByteBuffer filled = ByteBuffer.wrap(room);
    try {
      new Lz4Decompressor().decompress(onHeap(block), filled);
    } catch (MalformedInputException e) {
      throw (DataFormatException) new DataFormatException(e.getMessage()).initCause(e);
    }
    if (filled.hasRemaining()) {
      throw new DataFormatException("The block ends after %d bytes.".formatted(filled.position()));
    }
  }

  /** A view of bytes that an array holds and that may be looked at there, else a copy. */
  private static ByteBuffer onHeap(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return bytes.duplicate();
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return ByteBuffer.wrap(copy);
  }
}
