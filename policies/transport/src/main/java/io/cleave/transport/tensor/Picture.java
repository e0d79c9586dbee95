package io.cleave.transport.tensor;

import io.cleave.policies.graph.TensorShape;
import java.util.List;
import java.util.Optional;

/**
 * How the steps of a tensor with the axes of a picture lie as samples of one grey picture: planes
 * one below another, each filled up with its last row to rows of a multiple of 8, so that no block
 * of a JPEG has parts of two. Three planes are taken for red, green and blue, and lie there as
 * brightness and two differences of colour, as JFIF has them: where it lost as much, that took
 * fewer bytes than colours as they are. Whole numbers of 16 bits behind the point, as libjpeg
 * counts.
 *
 * @param planes 1 or 3
 */
record Picture(int planes, int height, int width) {
  private static final int SIDE = 8; // of a block
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int MIDDLE = 128; // of samples, and where the step 0 lies

  /** The picture that axes are those of. */
  static Optional<Picture> of(List<Long> shape) {
    return TensorShape.picture(shape)
        ? Optional.of(
            new Picture(
                Math.toIntExact(shape.get(1)),
                Math.toIntExact(shape.get(2)),
                Math.toIntExact(shape.get(3))))
        : Optional.empty();
  }

  /** Of the grey picture. */
  int rows() {
    return planes * filled();
  }

  private int filled() {
    return (height + SIDE - 1) / SIDE * SIDE;
  }

  /** Of 8 x 8 samples. */
  int blocks() {
    return rows() / SIDE * ((width + SIDE - 1) / SIDE);
  }

  /** The grey picture of steps, plane after plane, from a place on. */
  byte[] samples(byte[] steps, int from) {
    byte[] samples = new byte[rows() * width];
    for (int plane = 0; plane < planes; plane++) {
      for (int row = 0; row < filled(); row++) {
        int source = from + (plane * height + Math.min(row, height - 1)) * width;
        int at = (plane * filled() + row) * width;
        for (int i = 0; i < width; i++) {
          samples[at + i] = (byte) (steps[source + i] + MIDDLE);
        }
      }
    }
    if (planes > 1) {
      toBrightness(samples, filled() * width);
    }
    return samples;
  }

  /** Back to steps, from a place on. */
  void steps(byte[] samples, byte[] steps, int from) {
    if (planes > 1) {
      toColours(samples, filled() * width);
    }
    for (int plane = 0; plane < planes; plane++) {
      int source = plane * filled() * width;
      int at = from + plane * height * width;
      for (int i = 0; i < height * width; i++) {
        steps[at + i] = (byte) (samples[source + i] - MIDDLE);
      }
    }
  }

  private static void toBrightness(byte[] samples, int plane) {
    for (int i = 0; i < plane; i++) {
      int red = samples[i] & 0xff;
      int green = samples[plane + i] & 0xff;
      int blue = samples[2 * plane + i] & 0xff;
      // 0.299, 0.587, 0.114; what is left of blue and of red, halves of 1.772 and of 1.402
      samples[i] = (byte) ((19_595 * red + 38_470 * green + 7_471 * blue + HALF) >> BITS);
      samples[plane + i] =
          (byte) (MIDDLE + ((-11_059 * red - 21_709 * green + 32_768 * blue + HALF - 1) >> BITS));
      samples[2 * plane + i] =
          (byte) (MIDDLE + ((32_768 * red - 27_439 * green - 5_329 * blue + HALF - 1) >> BITS));
    }
  }

  private static void toColours(byte[] samples, int plane) {
    for (int i = 0; i < plane; i++) {
      int bright = samples[i] & 0xff;
      int toBlue = (samples[plane + i] & 0xff) - MIDDLE;
      int toRed = (samples[2 * plane + i] & 0xff) - MIDDLE;
      // 1.402; 0.344136 and 0.714136; 1.772
      samples[i] = sample(bright + ((91_881 * toRed + HALF) >> BITS));
      samples[plane + i] = sample(bright + ((-22_554 * toBlue - 46_802 * toRed + HALF) >> BITS));
      samples[2 * plane + i] = sample(bright + ((116_130 * toBlue + HALF) >> BITS));
    }
  }

  private static byte sample(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
