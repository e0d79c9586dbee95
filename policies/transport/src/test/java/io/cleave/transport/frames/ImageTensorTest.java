package io.cleave.transport.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.onnx.Zoo;
import io.cleave.transport.tensor.TensorValue;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTensorTest {
  private static final DnnGraph GRAPH = Zoo.SMALL_CHAIN.graph();
  private static final TensorShape SHAPE = GRAPH.tensor(GRAPH.layer(0).outputs().get(0)).shape();

  @TempDir private Path folder;

  /** All of one colour, so that resizing changes nothing. */
  private static byte[] png(int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void fillsOneChannelAfterTheOtherWithSharesOfFull() throws IOException {
    TensorValue value =
        new ImageTensor(GRAPH, Brightness.UNIT)
            .read(new ByteArrayInputStream(png(50, 20, 0xFF8000)));
    assertThat(value.shape()).isEqualTo(SHAPE.dims());
    FloatBuffer floats = value.data().asFloatBuffer();
    int plane = (int) (SHAPE.dim(2) * SHAPE.dim(3));
    assertThat(floats.remaining()).isEqualTo(3 * plane);
    assertThat(floats.get(plane / 2)).isCloseTo(1f, within(1e-6f)); // red 255
    assertThat(floats.get(plane + plane / 2)).isCloseTo(128 / 255f, within(1e-6f)); // green 128
    assertThat(floats.get(2 * plane + plane / 2)).isCloseTo(0f, within(1e-6f)); // blue 0
  }

  @Test
  void fillsFromMinusOneToOneForNetworksThatTakeThat() throws IOException {
    FloatBuffer floats =
        new ImageTensor(GRAPH, Brightness.SIGNED)
            .read(new ByteArrayInputStream(png(50, 20, 0xFF8000)))
            .data()
            .asFloatBuffer();
    int plane = floats.remaining() / 3;
    assertThat(floats.get(plane / 2)).isEqualTo(1f); // red 255
    assertThat(floats.get(plane + plane / 2)).isCloseTo(1 / 255f, within(1e-6f)); // green 128
    assertThat(floats.get(2 * plane + plane / 2)).isEqualTo(-1f); // blue 0
  }

  @Test
  void refusesWhatIsNoImageAndWhatIsCutOff() throws IOException {
    ImageTensor images = new ImageTensor(GRAPH, Brightness.UNIT);
    byte[] png = png(50, 20, 0);
    assertThatThrownBy(() -> images.read(new ByteArrayInputStream(new byte[100])))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("no JPEG");
    assertThatThrownBy(() -> images.read(new ByteArrayInputStream(png, 0, 40)))
        .isInstanceOf(ImageException.class);
  }

  @Test
  void readsAFoldersFilesByName() throws IOException {
    Files.write(folder.resolve("c.png"), png(8, 8, 0));
    Files.writeString(folder.resolve("b.txt"), "not an image");
    Files.write(folder.resolve("a.png"), png(8, 8, 0xFFFFFF));
    ImageFolder files = new ImageFolder(folder, new ImageTensor(GRAPH, Brightness.UNIT));
    assertThat(files.count()).isEqualTo(3);
    assertThat(files.file(1)).isEqualTo(folder.resolve("b.txt"));
    assertThat(files.read(0).data().asFloatBuffer().get(0)).isEqualTo(1f);
    assertThatThrownBy(() -> files.read(1))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("no JPEG");
    assertThat(files.read(2).data().asFloatBuffer().get(0)).isEqualTo(0f);
  }

  @Test
  void refusesAFolderWithoutFilesAndOneThatIsNotThere() {
    ImageTensor images = new ImageTensor(GRAPH, Brightness.UNIT);
    assertThatThrownBy(() -> new ImageFolder(folder, images))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("holds no file");
    assertThatThrownBy(() -> new ImageFolder(folder.resolve("nowhere"), images))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("cannot be listed");
  }
}
