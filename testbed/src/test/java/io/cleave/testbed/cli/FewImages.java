package io.cleave.testbed.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Labelled images of noise, as files of the MNIST kind. */
final class FewImages {
  private static final int EDGE = 28;
  private static final int CLASSES = 10;

  private FewImages() {}

  /** So many of a set; the same count gives the same images. */
  static void write(Path folder, String set, int count) throws IOException {
    Random random = new Random(count);
    ByteBuffer images = ByteBuffer.allocate(16 + count * EDGE * EDGE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    images.putInt(0x803).putInt(count).putInt(EDGE).putInt(EDGE);
    labels.putInt(0x801).putInt(count);
    byte[] noise = new byte[count * EDGE * EDGE];
    random.nextBytes(noise);
    images.put(noise);
    for (int i = 0; i < count; i++) {
      labels.put((byte) random.nextInt(CLASSES));
    }
    Files.write(folder.resolve(set + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(set + "-labels-idx1-ubyte"), labels.array());
  }
}
