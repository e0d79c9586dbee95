package io.cleave.testbed.bench;

import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A picture like a photograph, for measuring where none is at hand: discs of all sizes that hide
 * each other, each of one colour with a little noise, seen through a lens that blurs by a pixel.
 *
 * <p><b>Source.</b> Lee, Mumford, Huang, "Occlusion models for natural images", IJCV 2001 (as
 * remembered): radii fall off with their third power, so that it looks alike at all scales.
 * <b>Complexity:</b> O(pixels x discs seen through one). <b>Differs:</b> noise and blur are ours.
 */
final class DeadLeaves {
  static final int COLOURS = 3;
  private static final double SMALLEST = 2; // pixels
  private static final double LARGEST = 0.4; // of the side
  private static final double COLOURED = 25; // of 255, how far a disc is from grey
  private static final double NOISE = 4; // of 255
  private static final double WHITE = 255;

  private final int side;
  private final SplittableRandom random;
  private final float[][] planes; // [colour][row * side + column]
  private final boolean[] seen; // a disc is there

  private DeadLeaves(int side, long seed) {
    this.side = side;
    this.random = new SplittableRandom(seed);
    this.planes = new float[COLOURS][side * side];
    this.seen = new boolean[side * side];
  }

  /** A tensor of 1 x 3 x side x side, 0 to 1. */
  static TensorValue picture(int side, long seed) {
    DeadLeaves leaves = new DeadLeaves(side + 1, seed);
    for (int left = (side + 1) * (side + 1); left > 0; ) {
      left -= leaves.disc(); // from the nearest to the farthest
    }
    ByteBuffer data =
        ByteBuffer.allocateDirect(Float.BYTES * COLOURS * side * side)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] plane : leaves.planes) {
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          int at = row * (side + 1) + column;
          float sum = plane[at] + plane[at + 1] + plane[at + side + 1] + plane[at + side + 2];
          data.putFloat((float) (Math.rint(sum / 4) / WHITE));
        }
      }
    }
    return new TensorValue(
        "x",
        ElementKind.FLOAT32,
        List.of(1L, (long) COLOURS, (long) side, (long) side),
        data.flip());
  }

  /** Puts a disc behind those that are there; how many pixels of it are seen. */
  private int disc() {
    double largest = LARGEST * side;
    double far = 1 / (largest * largest);
    double near = 1 / (SMALLEST * SMALLEST);
    double radius = 1 / Math.sqrt(far + random.nextDouble() * (near - far));
    double middleRow = random.nextDouble(-radius, side + radius);
    double middleColumn = random.nextDouble(-radius, side + radius);
    double[] colour = colour();
    int found = 0;
    int rowEnd = (int) Math.min(side, middleRow + radius + 1);
    int columnEnd = (int) Math.min(side, middleColumn + radius + 1);
    for (int row = (int) Math.max(0, middleRow - radius); row < rowEnd; row++) {
      for (int column = (int) Math.max(0, middleColumn - radius); column < columnEnd; column++) {
        double away = Math.hypot(row - middleRow, column - middleColumn);
        int at = row * side + column;
        if (away <= radius && !seen[at]) {
          seen[at] = true;
          found++;
          double noise = NOISE * random.nextGaussian();
          for (int each = 0; each < COLOURS; each++) {
            planes[each][at] = (float) Math.max(0, Math.min(WHITE, colour[each] + noise));
          }
        }
      }
    }
    return found;
  }

  private double[] colour() {
    double grey = random.nextDouble(WHITE);
    double[] colour = new double[COLOURS];
    for (int each = 0; each < COLOURS; each++) {
      colour[each] = grey + COLOURED * random.nextGaussian();
    }
    return colour;
  }
}
