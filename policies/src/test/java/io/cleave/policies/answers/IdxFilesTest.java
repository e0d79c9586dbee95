package io.cleave.policies.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFilesTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final byte[] PIXELS = {0, 1, 2, 3, 4, 5, -1, 7, 8, 9, 10, 127};

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.write(folder.resolve(IMAGES), idx(0x803, PIXELS, 2, 2, 3));
    Files.write(folder.resolve(LABELS), idx(0x801, new byte[] {4, 9}, 2));
  }

  @Test
  void readsPlainAndCompressedFilesAlike() throws IOException {
    check(IdxFiles.read(folder, "train"));
    Path images = folder.resolve(IMAGES);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(IMAGES + ".gz")))) {
      Files.copy(images, out);
    }
    Files.delete(images);
    check(IdxFiles.read(folder, "train"));
  }

  private static void check(LabelledImages images) {
    assertThat(images.count()).isEqualTo(2);
    assertThat(images.height()).isEqualTo(2);
    assertThat(images.width()).isEqualTo(3);
    assertThat(images.label(1)).isEqualTo(9);
    float[] second = new float[7];
    images.copyTo(1, second, 1);
    assertThat(second[0]).isZero();
    assertThat(second[1]).isEqualTo(1);
    assertThat(second[2]).isEqualTo(7 / 127.5f - 1);
    assertThat(images.range(1, 2).label(0)).isEqualTo(9);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatIOException()
        .isThrownBy(() -> IdxFiles.read(folder, "t10k"))
        .withMessageContaining("t10k-images-idx3-ubyte")
        .withMessageContaining("dataset-fashion-mnist");
  }

  @Test
  void refusesFilesOfAnotherKind() throws IOException {
    Files.write(folder.resolve(LABELS), idx(0x803, new byte[] {4, 9}, 2));
    assertThatIOException()
        .isThrownBy(() -> IdxFiles.read(folder, "train"))
        .withMessageContaining("begins with 00000803, not 00000801");
  }

  @Test
  void refusesFilesThatEndEarly() throws IOException {
    Files.write(folder.resolve(IMAGES), idx(0x803, new byte[11], 2, 2, 3));
    assertThatIOException()
        .isThrownBy(() -> IdxFiles.read(folder, "train"))
        .withMessageContaining("ends after 11 of 12 bytes");
    Files.write(folder.resolve(IMAGES), new byte[] {0, 0, 8});
    assertThatIOException()
        .isThrownBy(() -> IdxFiles.read(folder, "train"))
        .withMessageContaining(IMAGES);
  }

  @Test
  void refusesSizesThatNoFileHas() throws IOException {
    Files.write(folder.resolve(IMAGES), idx(0x803, PIXELS, 2, 1 << 20, 1 << 20));
    assertThatIOException()
        .isThrownBy(() -> IdxFiles.read(folder, "train"))
        .withMessageContaining("announces");
  }

  @Test
  void refusesLabelsOfAnotherSet() throws IOException {
    Files.write(folder.resolve(LABELS), idx(0x801, new byte[] {4}, 1));
    assertThatIOException()
        .isThrownBy(() -> IdxFiles.read(folder, "train"))
        .withMessageContaining("2 images")
        .withMessageContaining("1 labels");
  }

  private static byte[] idx(int magic, byte[] content, int... axes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * axes.length).putInt(magic);
    for (int axis : axes) {
      head.putInt(axis);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(head.array());
    file.write(content);
    return file.toByteArray();
  }
}
