package io.cleave.transport.tensor;

import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGImageReadParam;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A grey picture as the scan of a baseline JPEG, by the JDK's own classes. What stands before a
 * scan and behind it is the same for all pictures of a size and does not travel: of a picture of 28
 * x 28 it would be the half, and no sender can say that a picture is larger, of other colours or
 * progressive. Tables are those of ITU T.81, annex K, for brightness; quality 0.9 makes a fifth of
 * the quantisation's.
 */
final class JpegScan {
  /** Of the first coefficient, and for the end of a block: what each takes at least. */
  static final int FEWEST_BITS = 2 + 4;

  private static final float TENTH_LOST = 0.2f; // quality q >= 0.5 takes 2 - 2q of the table
  private static final JPEGQTable[] QUANTISER = {
    JPEGQTable.K1Luminance.getScaledInstance(TENTH_LOST, true)
  };
  private static final JPEGHuffmanTable[] FIRST = {JPEGHuffmanTable.StdDCLuminance};
  private static final JPEGHuffmanTable[] OTHERS = {JPEGHuffmanTable.StdACLuminance};

  // Looked up once; coders are made for one picture, so that none knows anything of another's.
  private static final ImageWriterSpi WRITERS =
      ImageIO.getImageWritersByFormatName("jpeg").next().getOriginatingProvider();
  private static final ImageReaderSpi READERS =
      ImageIO.getImageReadersByFormatName("jpeg").next().getOriginatingProvider();

  private static final byte MARK = (byte) 0xff;
  private static final byte SCAN_FOLLOWS = (byte) 0xda;
  private static final byte[] END = {MARK, (byte) 0xd9};

  private JpegScan() {}

  /** The scan of samples, row by row. */
  static ByteBuffer of(byte[] samples, int width) {
    Raster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(samples, samples.length),
            width,
            samples.length / width,
            width,
            1,
            new int[] {0},
            null);
    JPEGImageWriteParam tables = new JPEGImageWriteParam(null);
    tables.setEncodeTables(QUANTISER, FIRST, OTHERS);
    ImageWriter writer = writer();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream(samples.length / 2);
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(jpeg)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), tables);
    } catch (IOException error) {
      throw new UncheckedIOException(error); // memory only: there is nothing to fail
    } finally {
      writer.dispose();
    }
    byte[] bytes = jpeg.toByteArray();
    int start = scan(bytes);
    return ByteBuffer.wrap(bytes, start, bytes.length - END.length - start).slice();
  }

  private static ImageWriter writer() {
    try {
      return WRITERS.createWriterInstance();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static ImageReader reader() {
    try {
      return READERS.createReaderInstance();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Where the scan begins: behind the segments, each of which tells its length. */
  private static int scan(byte[] jpeg) {
    int at = 2;
    while (true) {
      int length = ((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff);
      boolean last = jpeg[at + 1] == SCAN_FOLLOWS;
      at += 2 + length;
      if (last) {
        return at;
      }
    }
  }

  /**
   * The samples of a scan.
   *
   * @throws DataFormatException if it is none of a picture of this size, or does not end with it
   */
  static byte[] samples(ByteBuffer scan, int width, int rows) throws DataFormatException {
    byte[] jpeg = whole(scan, width, rows);
    JPEGImageReadParam tables = new JPEGImageReadParam();
    tables.setDecodeTables(QUANTISER, FIRST, OTHERS);
    List<String> warnings = new ArrayList<>();
    ImageReader reader = reader();
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(stream, true, true);
      DataBuffer samples = reader.readRaster(0, tables).getDataBuffer();
      if (!warnings.isEmpty()) {
        throw new DataFormatException(warnings.get(0));
      }
      return ((DataBufferByte) samples).getData();
    } catch (IOException error) {
      throw (DataFormatException)
          new DataFormatException(String.valueOf(error.getMessage())).initCause(error);
    } finally {
      reader.dispose();
    }
  }

  private static byte[] whole(ByteBuffer scan, int width, int rows) throws DataFormatException {
    byte[] head = {
      MARK,
      (byte) 0xd8, // a picture begins
      MARK,
      (byte) 0xc0,
      0,
      11,
      8, // baseline, samples of 8 bits
      (byte) (rows >> 8),
      (byte) rows,
      (byte) (width >> 8),
      (byte) width,
      1,
      1,
      0x11,
      0, // one component
      MARK,
      SCAN_FOLLOWS,
      0,
      8,
      1,
      1,
      0,
      0,
      63,
      0 // all of it at once
    };
    byte[] jpeg = Arrays.copyOf(head, head.length + scan.remaining() + END.length);
    int end = head.length + scan.remaining();
    scan.duplicate().get(jpeg, head.length, scan.remaining());
    System.arraycopy(END, 0, jpeg, end, END.length);
    for (int i = head.length; i < end; i++) {
      if (jpeg[i] == MARK && (i + 1 == end || jpeg[i + 1] != 0)) {
        throw new DataFormatException("A marker stands in the scan, at byte " + (i - head.length));
      }
    }
    return jpeg;
  }
}
