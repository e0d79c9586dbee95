package io.cleave.transport.tensor;

import io.cleave.transport.grpc.Compression;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Lossless compression where it pays: where the bytes that a sample says it saves would take longer
 * on the link than deflating and inflating all of them takes.
 *
 * <p>The sample is four stretches of 4 KiB. Under 1 KiB, or where the sample shrinks by less than a
 * tenth, nothing is compressed; nor is anything sent compressed that did not become smaller.
 *
 * @param linkBitsPerSecond of the link that the bytes are for
 */
public record Deflation(double linkBitsPerSecond) implements Lossless {
  /** For a link so fast that nothing pays. */
  public static final Deflation NEVER = new Deflation(Double.POSITIVE_INFINITY);

  /** Deflating at the fastest level and inflating, together, on a small machine. */
  static final double BYTES_PER_SECOND = 25e6;

  /** Deflate cannot shrink anything by more. */
  static final int LARGEST_RATIO = 1032;

  private static final int SMALLEST = 1024;
  private static final int STRETCH = 4096;
  private static final int STRETCHES = 4;
  private static final double LEAST_SAVING = 0.1;

  public Deflation {
    if (!(linkBitsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "A link's rate must be above 0 bit/s, not %s.".formatted(linkBitsPerSecond));
    }
  }

  @Override
  public Compression compression() {
    return Compression.DEFLATE;
  }

  @Override
  public Optional<ByteBuffer> compressed(ByteBuffer bytes) {
    if (bytes.remaining() < SMALLEST || linkBitsPerSecond == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    ByteBuffer sample = sample(bytes);
    Optional<ByteBuffer> shrunk = deflate(sample, sample.remaining());
    double saving = shrunk.map(s -> 1 - (double) s.remaining() / sample.remaining()).orElse(0.0);
    return pays(saving) ? deflate(bytes, bytes.remaining() - 1) : Optional.empty();
  }

  /** Whether saving this share of each byte is worth the work of compressing it. */
  boolean pays(double saving) {
    return saving >= LEAST_SAVING && saving * 8 / linkBitsPerSecond > 1 / BYTES_PER_SECOND;
  }

  private static ByteBuffer sample(ByteBuffer bytes) {
    int size = bytes.remaining();
    if (size <= STRETCH * STRETCHES) {
      return bytes.duplicate();
    }
    ByteBuffer sample = ByteBuffer.allocate(STRETCH * STRETCHES);
    for (int i = 0; i < STRETCHES; i++) {
      int start = (int) ((long) (size - STRETCH) * i / (STRETCHES - 1));
      sample.put(bytes.slice(bytes.position() + start, STRETCH));
    }
    return sample.flip();
  }

  private static Optional<ByteBuffer> deflate(ByteBuffer bytes, int room) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(bytes.duplicate());
      deflater.finish();
      ByteBuffer out = ByteBuffer.allocate(room);
      deflater.deflate(out);
      return deflater.finished() ? Optional.of(out.flip()) : Optional.empty();
    } finally {
      deflater.end();
    }
  }

  /**
   * Inflates into a room that must be filled exactly; never more, whatever the stream says.
   *
   * @throws DataFormatException if the stream is not one, or does not end where the room does
   */
  static void inflate(ByteBuffer deflated, ByteBuffer room) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated.duplicate());
      inflater.inflate(room);
      int beyond = inflater.inflate(new byte[1]); // reads the checksum at the end, too
      if (room.hasRemaining() || beyond > 0 || !inflater.finished()) {
        throw new DataFormatException("The stream does not end where the tensor does.");
      }
      if (inflater.getRemaining() > 0) {
        throw new DataFormatException("Bytes follow the end of the stream.");
      }
    } finally {
      inflater.end();
    }
  }
}
