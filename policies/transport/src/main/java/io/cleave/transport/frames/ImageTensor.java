package io.cleave.transport.frames;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Makes an image the network's input: resized to its height and width, one channel after the other,
 * red first (or grey).
 */
public final class ImageTensor {
  /** A larger image is refused before it is decoded. */
  public static final long MOST_PIXELS = 64_000_000;

  private static final int AXES = 4;

  private final Tensor input;
  private final Brightness brightness;
  private final int channels;
  private final int height;
  private final int width;

  /**
   * @throws ImageException if the network does not take one image of one or three channels
   */
  public ImageTensor(DnnGraph graph, Brightness brightness) {
    this.brightness = brightness;
    List<Integer> inputs = graph.layer(0).outputs();
    this.input = graph.tensor(inputs.get(0));
    boolean image =
        inputs.size() == 1
            && input.type() == ElementType.FLOAT32
            && input.shape().rank() == AXES
            && input.shape().dim(0) == 1
            && (input.shape().dim(1) == 1 || input.shape().dim(1) == 3);
    if (!image) {
      throw new ImageException(
          "%s does not take one image: its input is %s of shape %s, not float32 1x3xHxW or 1x1xHxW."
              .formatted(graph.name(), input.type(), input.shape()));
    }
    this.channels = (int) input.shape().dim(1);
    this.height = Math.toIntExact(input.shape().dim(2));
    this.width = Math.toIntExact(input.shape().dim(3));
  }

  /**
   * Reads a JPEG, PNG, GIF or BMP.
   *
   * @throws ImageException if it is none, broken, or too large
   */
  public TensorValue read(InputStream content) {
    try (ImageInputStream stream = ImageIO.createImageInputStream(content)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new ImageException("This is no JPEG, PNG, GIF or BMP.");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new ImageException(
              "An image may have %d pixels, not %d.".formatted(MOST_PIXELS, pixels));
        }
        return tensor(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
      throw new ImageException("The image is broken: %s".formatted(broken.getMessage()));
    }
  }

  private TensorValue tensor(BufferedImage image) {
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage fitted = new BufferedImage(width, height, type);
    Graphics2D graphics = fitted.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    int[] pixels = new int[channels * width * height];
    fitted.getRaster().getPixels(0, 0, width, height, pixels);
    ByteBuffer data =
        ByteBuffer.allocate(Float.BYTES * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int channel = 0; channel < channels; channel++) {
      for (int i = channel; i < pixels.length; i += channels) {
        data.putFloat(brightness.of(pixels[i]));
      }
    }
    return new TensorValue(input.name(), ElementKind.FLOAT32, input.shape().dims(), data.flip());
  }
}
