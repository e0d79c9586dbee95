package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.cleave.policies.answers.LabelledImages;
import java.util.random.RandomGenerator;

/**
 * Images in a new order each epoch, some mirrored, all moved by up to two pixels: what makes a
 * network of this size forget single images. All views of an image are treated alike. Whoever
 * evaluates takes them as they are.
 */
final class ImageBatches {
  private static final int MOST_MOVE = 2;
  private static final float BLACK = LabelledImages.brightness((byte) 0);

  private final LabelledImages images;
  private final int[] order;

  ImageBatches(LabelledImages images) {
    this.images = images;
    this.order = new int[images.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  void shuffle(RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
  }

  /** Images of the order, distorted, batch x views x height x width. */
  NDArray distorted(NDManager manager, int from, int to, RandomGenerator random) {
    float[] content = new float[(to - from) * images.pixelsEach()];
    float[] plain = new float[images.pixelsEach()];
    for (int i = from; i < to; i++) {
      images.copyTo(order[i], plain, 0);
      distort(plain, content, (i - from) * images.pixelsEach(), random);
    }
    return array(manager, content, to - from);
  }

  /** Images as they are, by number. */
  NDArray plain(NDManager manager, int from, int to) {
    float[] content = new float[(to - from) * images.pixelsEach()];
    for (int i = from; i < to; i++) {
      images.copyTo(i, content, (i - from) * images.pixelsEach());
    }
    return array(manager, content, to - from);
  }

  /** Classes of the order. */
  NDArray labels(NDManager manager, int from, int to) {
    long[] labels = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = images.label(order[i]);
    }
    return manager.create(labels);
  }

  private NDArray array(NDManager manager, float[] content, int count) {
    return manager.create(
        content, new Shape(count, images.views(), images.height(), images.width()));
  }

  private void distort(float[] from, float[] to, int at, RandomGenerator random) {
    boolean mirrored = random.nextBoolean();
    int down = random.nextInt(2 * MOST_MOVE + 1) - MOST_MOVE;
    int right = random.nextInt(2 * MOST_MOVE + 1) - MOST_MOVE;
    int rows = images.views() * images.height();
    for (int y = 0; y < rows; y++) {
      int first = y - y % images.height(); // row of this view
      for (int x = 0; x < images.width(); x++) {
        int row = y - first - down;
        int column = mirrored ? images.width() - 1 - (x - right) : x - right;
        boolean inside =
            row >= 0 && row < images.height() && column >= 0 && column < images.width();
        to[at + y * images.width() + x] =
            inside ? from[(first + row) * images.width() + column] : BLACK;
      }
    }
  }
}
