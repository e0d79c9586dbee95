package io.cleave.policies.answers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads labelled images from IDX files, plain or compressed with gzip, as MNIST and Fashion-MNIST
 * come. An IDX file is a magic number that tells type and axes, the length of each axis, and the
 * content.
 */
public final class IdxFiles {
  private static final int BYTES_OF_ONE_AXIS = 0x0801;
  private static final int BYTES_OF_THREE_AXES = 0x0803;

  private IdxFiles() {}

  /**
   * Reads a set from its two files.
   *
   * @param folder that holds them
   * @param set {@code train} or {@code t10k}
   * @throws IOException if one is missing, is no such file, or ends early; the message names it
   */
  public static LabelledImages read(Path folder, String set) throws IOException {
    Path images = existing(folder, set + "-images-idx3-ubyte");
    Path labels = existing(folder, set + "-labels-idx1-ubyte");
    try (DataInputStream pixels = open(images);
        DataInputStream classes = open(labels)) {
      expect(images, pixels.readInt(), BYTES_OF_THREE_AXES);
      expect(labels, classes.readInt(), BYTES_OF_ONE_AXIS);
      int count = pixels.readInt();
      int height = pixels.readInt();
      int width = pixels.readInt();
      int labelled = classes.readInt();
      if (count != labelled) {
        throw new IOException(
            "%s holds %d images, %s %d labels. Maybe they are of different sets."
                .formatted(images, count, labels, labelled));
      }
      return new LabelledImages(
          height,
          width,
          content(images, pixels, (long) count * height * width),
          content(labels, classes, count));
    } catch (EOFException error) {
      throw new IOException(
          "%s or %s ends before its content begins.".formatted(images, labels), error);
    }
  }

  private static Path existing(Path folder, String name) throws IOException {
    Path plain = folder.resolve(name);
    Path compressed = folder.resolve(name + ".gz");
    if (Files.exists(plain)) {
      return plain;
    }
    if (Files.exists(compressed)) {
      return compressed;
    }
    throw new IOException(
        "Neither %s nor %s.gz is there. On Debian the package dataset-fashion-mnist brings them; any folder of IDX files will do."
            .formatted(plain, name));
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return new DataInputStream(
        file.toString().endsWith(".gz")
            ? new BufferedInputStream(new GZIPInputStream(bytes), 1 << 16)
            : bytes);
  }

  private static void expect(Path file, int magic, int wanted) throws IOException {
    if (magic != wanted) {
      throw new IOException(
          "%s begins with %08x, not %08x: it is no IDX file of bytes with %d axes."
              .formatted(file, magic, wanted, wanted & 0xff));
    }
  }

  private static byte[] content(Path file, InputStream in, long bytes) throws IOException {
    if (bytes < 0 || bytes > Integer.MAX_VALUE - 8) {
      throw new IOException(
          "%s announces %d bytes; at most 2 GiB are read.".formatted(file, bytes));
    }
    byte[] content = in.readNBytes((int) bytes);
    if (content.length < bytes) {
      throw new IOException("%s ends after %d of %d bytes.".formatted(file, content.length, bytes));
    }
    return content;
  }
}
