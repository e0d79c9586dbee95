package io.cleave.agents.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.onnx.Zoo;
import io.cleave.transport.frames.Brightness;
import io.cleave.transport.frames.ImageException;
import io.cleave.transport.frames.ImageFolder;
import io.cleave.transport.frames.ImageTensor;
import io.cleave.transport.tensor.TensorValue;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFramesTest {
  private static final ImageTensor IMAGES =
      new ImageTensor(Zoo.SMALL_CHAIN.graph(), Brightness.UNIT);

  @TempDir private Path folder;

  private void write(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, rgb);
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  @Test
  void passesOverFilesThatAreNoImagesAndCountsThem() throws IOException {
    write("a.png", 0xFFFFFF);
    Files.writeString(folder.resolve("b.txt"), "not an image");
    write("c.png", 0);
    DirectoryFrames frames = new DirectoryFrames(new ImageFolder(folder, IMAGES));
    assertThat(first(frames.apply(0))).isEqualTo(1f);
    assertThat(first(frames.apply(1))).isEqualTo(0f);
    assertThat(first(frames.apply(2))).isEqualTo(1f);
    assertThat(frames.bad()).isEqualTo(1);
  }

  private static float first(List<TensorValue> frame) {
    return frame.get(0).data().asFloatBuffer().get(0);
  }

  @Test
  void saysWhenAFolderHoldsNoImageAtAll() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "not an image");
    DirectoryFrames frames = new DirectoryFrames(new ImageFolder(folder, IMAGES));
    assertThatThrownBy(() -> frames.apply(0))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("holds no image");
  }
}
