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
    byte[] all = array(bytes);
    byte[] block = new byte[compressor.maxCompressedLength(all.length)];
    int size = compressor.compress(all, 0, all.length, block, 0, block.length);
    return size < all.length ? Optional.of(ByteBuffer.wrap(block, 0, size)) : Optional.empty();
  }

  /**
   * Fills a room exactly; never more, whatever the block says.
   *
   * @throws DataFormatException if the block is none, or does not end where the room does
   */
  static void expand(ByteBuffer block, byte[] room) throws DataFormatException {
    byte[] all = array(block);
    int size;
    try {
      size = new Lz4Decompressor().decompress(all, 0, all.length, room, 0, room.length);
    } catch (MalformedInputException e) {
      throw (DataFormatException) new DataFormatException(e.getMessage()).initCause(e);
    }
    if (size != room.length) {
      throw new DataFormatException("The block ends after %d bytes.".formatted(size));
    }
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return array;
  }
}
