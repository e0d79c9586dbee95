package io.cleave.testbed.tiles;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.separable.RunLengths;
import io.cleave.testbed.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a network in tiles with few levels is worth on some images: with all tiles, with zeros in
 * the place of one, and the bytes of what tiles answer.
 *
 * @param images how many were shown
 * @param right share of them answered rightly with all tiles, 0 to 1
 * @param tiles one record each, in their order
 */
public record TileStudy(int images, double right, List<OneTile> tiles) {
  private static final int HIGHEST = 15;

  public TileStudy {
    tiles = List.copyOf(tiles);
  }

  /**
   * One tile.
   *
   * @param values that it answers to an image
   * @param zeros share of them that are 0, mean over images
   * @param codedBytes with run lengths, mean over images
   * @param rightWithout share of images answered rightly with zeros in its place
   */
  public record OneTile(int values, double zeros, double codedBytes, double rightWithout) {
    /** Bytes as floats. */
    public int floatBytes() {
      return Float.BYTES * values;
    }

    /** Bytes with four bits a value and no run lengths. */
    public int packedBytes() {
      return RunLengths.packedBytes(values);
    }
  }

  /**
   * Asks the network; about a millisecond an image.
   *
   * @throws UserError if what tiles answer are not levels of four bits
   */
  public static TileStudy of(byte[] model, LabelledImages images) {
    try (TileRun run = TileRun.of(model)) {
      Sums sums = new Sums(run.tiles());
      run.forEach(images, (from, answers) -> sums.add(run, images, from, answers));
      return sums.study(images.count());
    }
  }

  /** The sums of a tile over all images. */
  private static final class Sum {
    private int values;
    private long zeros;
    private long coded;
    private int rightWithout;
  }

  private static final class Sums {
    private int right;
    private final List<Sum> tiles = new ArrayList<>();

    Sums(int count) {
      for (int tile = 0; tile < count; tile++) {
        tiles.add(new Sum());
      }
    }

    void add(TileRun run, LabelledImages images, int from, List<TileRun.Answer> answers) {
      right += run.right(images, from, answers, there -> true);
      for (int tile = 0; tile < tiles.size(); tile++) {
        int lost = tile;
        IntPredicate others = each -> each != lost;
        Sum sum = tiles.get(tile);
        sum.rightWithout += run.right(images, from, answers, others);
        TileRun.Answer answer = answers.get(tile);
        sum.values = answer.each();
        for (int at = 0; at < answer.values().length; at += sum.values) {
          byte[] levels = levels(answer.values(), at, sum.values);
          for (byte level : levels) {
            sum.zeros += level == 0 ? 1 : 0;
          }
          sum.coded += RunLengths.encode(levels).length;
        }
      }
    }

    private static byte[] levels(float[] values, int from, int count) {
      byte[] levels = new byte[count];
      for (int i = 0; i < count; i++) {
        float value = values[from + i];
        levels[i] = (byte) value;
        if (levels[i] != value || value < 0 || value > HIGHEST) {
          throw new UserError(
              "A tile answers %s, which is no level in 0..%d. Maybe the model is not of the last step of ./cleave train adcnn."
                  .formatted(value, HIGHEST));
        }
      }
      return levels;
    }

    TileStudy study(int images) {
      double count = images;
      return new TileStudy(
          images,
          right / count,
          tiles.stream()
              .map(
                  sum ->
                      new OneTile(
                          sum.values,
                          sum.zeros / (count * sum.values),
                          sum.coded / count,
                          sum.rightWithout / count))
              .toList());
    }
  }

  /** Mean over tiles of what is right without one, 0 to 1. */
  public double rightWithoutOne() {
    return tiles.stream().mapToDouble(OneTile::rightWithout).average().orElseThrow();
  }

  /** Bytes of all tiles of an image, coded. */
  public double codedBytes() {
    return tiles.stream().mapToDouble(OneTile::codedBytes).sum();
  }

  /** Bytes of all tiles of an image with four bits a value and no run lengths. */
  public int packedBytes() {
    return tiles.stream().mapToInt(OneTile::packedBytes).sum();
  }

  /** Bytes of all tiles of an image as floats. */
  public int floatBytes() {
    return tiles.stream().mapToInt(OneTile::floatBytes).sum();
  }
}
