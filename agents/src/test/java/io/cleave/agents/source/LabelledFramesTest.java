package io.cleave.agents.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.agents.settings.FrameSettings.Labelled;
import io.cleave.agents.settings.FrameSettings.Order;
import io.cleave.policies.answers.ImageOrder;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.transport.frames.ImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFramesTest {
  private static final DnnGraph LENET = Zoo.byName("lenet-exits").graph();
  private static final int SIDE = 28;

  @TempDir private Path folder;

  /** So many images, each of one brightness, its number. */
  private Labelled images(int side, Order order, int... labels) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + labels.length * side * side);
    pixels.putInt(0x803).putInt(labels.length).putInt(side).putInt(side);
    ByteBuffer classes = ByteBuffer.allocate(8 + labels.length);
    classes.putInt(0x801).putInt(labels.length);
    for (int image = 0; image < labels.length; image++) {
      for (int i = 0; i < side * side; i++) {
        pixels.put((byte) image);
      }
      classes.put((byte) labels[image]);
    }
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), pixels.array());
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), classes.array());
    return new Labelled(folder, order);
  }

  @Test
  void showsTheImagesInOrderOverAndOverScaledAsInTraining() throws IOException {
    LabelledFrames frames = new LabelledFrames(LENET, images(SIDE, Order.SEQUENTIAL, 4, 9, 0), 1);
    int first = ImageOrder.place(1, 0, 3);
    int[] labels = {4, 9, 0};
    assertThat(IntStream.range(0, 7).map(i -> frames.apply(i).label().getAsInt()).toArray())
        .containsExactly(IntStream.range(0, 7).map(i -> labels[(first + i) % 3]).toArray());
    Content second = frames.apply(1);
    assertThat(second.inputs()).hasSize(1);
    assertThat(second.inputs().get(0).shape()).isEqualTo(List.of(1L, 1L, 28L, 28L));
    FloatBuffer values = second.inputs().get(0).data().asFloatBuffer();
    assertThat(values.remaining()).isEqualTo(SIDE * SIDE);
    assertThat(values.get(0)).isEqualTo((first + 1) % 3 / 127.5f - 1);
  }

  @Test
  void drawsTheSameImagesForTheSameSeed() throws IOException {
    Labelled source = images(SIDE, Order.SEEDED, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(labels(source, 5)).isEqualTo(labels(source, 5)).isNotEqualTo(labels(source, 6));
  }

  private static List<Integer> labels(Labelled source, long seed) {
    LabelledFrames frames = new LabelledFrames(LENET, source, seed);
    return IntStream.range(0, 40)
        .mapToObj(frame -> frames.apply(frame).label().getAsInt())
        .toList();
  }

  @Test
  void refusesWhatTheNetworkCannotTake() throws IOException {
    Labelled small = images(20, Order.SEQUENTIAL, 1);
    assertThatThrownBy(() -> new LabelledFrames(LENET, small, 1))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("20 x 20")
        .hasMessageContaining("1x1x28x28");
    Labelled eleventh = images(SIDE, Order.SEQUENTIAL, 3, 10);
    assertThatThrownBy(() -> new LabelledFrames(LENET, eleventh, 1))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("0..10")
        .hasMessageContaining("only 10");
    Labelled none = images(SIDE, Order.SEQUENTIAL);
    assertThatThrownBy(() -> new LabelledFrames(LENET, none, 1)).hasMessageContaining("no image");
    Files.writeString(folder.resolve("t10k-images-idx3-ubyte"), "no images at all");
    assertThatThrownBy(() -> new LabelledFrames(LENET, small, 1))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("no IDX file");
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    assertThatThrownBy(() -> new LabelledFrames(LENET, small, 1))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("t10k-images-idx3-ubyte");
  }
}
