package io.cleave.policies.separable;

/**
 * A tile's levels as bytes: four bits each, and runs of zeros by their length.
 *
 * <p>The first byte tells the form. {@link #PACKED}: level after level. {@link #RUNS}: a level that
 * is not 0 stands for itself; a 0 begins a run, whose length less 1 follows in steps of 15, the
 * last of which is below 15: {@code 0 2} are three zeros, {@code 0 15 15 4} are 35. The shorter
 * form is taken, PACKED if both are equal. Four bits before others are the higher ones of a byte; a
 * last half byte is 0.
 *
 * <p>Source: Zhang, Lin, Zhang, ADCNN, ICPP 2020, which has run lengths of zeros over four-bit
 * values (as remembered).
 *
 * <p>Complexity: O(n) time for n levels; 1 + n / 2 bytes at most, rounded up.
 *
 * <p>Differs: the form that is no longer without runs, so that no tile becomes larger than packed.
 */
public final class RunLengths {
  /** The form without run lengths. */
  static final byte PACKED = 0;

  /** The form with run lengths of zeros. */
  static final byte RUNS = 1;

  private static final int HIGHEST = 15;

  private RunLengths() {}

  /**
   * Levels as bytes.
   *
   * @param levels 0 to 15 each
   * @throws IllegalArgumentException if one is not in that range
   */
  public static byte[] encode(byte[] levels) {
    checkLevels(levels);
    HalfBytes runs = new HalfBytes(RUNS, levels.length + levels.length / 2 + 2);
    for (int i = 0; i < levels.length; ) {
      if (levels[i] == 0) {
        int begin = i;
        while (i < levels.length && levels[i] == 0) {
          i++;
        }
        run(runs, i - begin);
      } else {
        runs.add(levels[i++]);
      }
    }
    return runs.bytes() < packedBytes(levels.length) ? runs.content() : packed(levels);
  }

  private static void checkLevels(byte[] levels) {
    int bits = 0;
    for (byte level : levels) {
      bits |= level;
    }
    for (int i = 0; bits != (bits & HIGHEST) && i < levels.length; i++) {
      if (levels[i] < 0 || levels[i] > HIGHEST) {
        throw new IllegalArgumentException(
            "Level %d is %d, not in 0..%d.".formatted(i, levels[i], HIGHEST));
      }
    }
  }

  /** Bytes of so many levels without run lengths, the form's byte included. */
  public static int packedBytes(int levels) {
    return 1 + (levels + 1) / 2;
  }

  /** Bytes of so many levels if all are 0. */
  public static int fewestBytes(int levels) {
    return levels == 0 ? 1 : 1 + (2 + (levels - 1) / HIGHEST + 1) / 2;
  }

  private static byte[] packed(byte[] levels) {
    HalfBytes packed = new HalfBytes(PACKED, levels.length);
    for (byte level : levels) {
      packed.add(level);
    }
    return packed.content();
  }

  private static void run(HalfBytes to, int zeros) {
    to.add(0);
    int left = zeros - 1;
    for (; left >= HIGHEST; left -= HIGHEST) {
      to.add(HIGHEST);
    }
    to.add(left);
  }

  /**
   * The levels that bytes stand for.
   *
   * @param content as {@link #encode} made it; may come from anybody
   * @param count how many levels the tile has, which the receiver knows from the plan
   * @throws TileFormatException if the content stands for fewer or more, or is no such content
   */
  public static byte[] decode(byte[] content, int count) {
    if (content.length == 0 || content[0] < PACKED || content[0] > RUNS) {
      throw new TileFormatException(
          "A tile begins with %d or %d, not with %s."
              .formatted(PACKED, RUNS, content.length == 0 ? "its end" : content[0]));
    }
    Reader in = new Reader(content);
    byte[] levels = new byte[count];
    int at = 0;
    boolean runs = content[0] == RUNS;
    while (at < count) {
      int next = in.next(at, count);
      if (next == 0 && runs) {
        at += in.run(at, count); // the array holds zeros already
      } else {
        levels[at++] = (byte) next;
      }
    }
    in.end(count);
    return levels;
  }

  /** Content by half bytes, behind the form. */
  private static final class Reader {
    private final byte[] content;
    private int place = 2;

    Reader(byte[] content) {
      this.content = content;
    }

    int next(int at, int count) {
      if (place >= 2 * content.length) {
        throw new TileFormatException(
            "A tile of %d levels ends after %d, at byte %d. Maybe it was cut off."
                .formatted(count, at, content.length));
      }
      int higher = ~place & 1;
      return (content[place++ >> 1] >> (4 * higher)) & HIGHEST;
    }

    int run(int at, int count) {
      long length = 1;
      int more;
      do {
        more = next(at, count);
        length += more;
      } while (more == HIGHEST);
      if (length > count - at) {
        throw new TileFormatException(
            "A run of %d zeros begins at level %d of %d. Maybe the tile is of another size."
                .formatted(length, at, count));
      }
      return (int) length;
    }

    void end(int count) {
      int used = (place + 1) / 2;
      boolean filledUp = place % 2 == 0 || (content[place / 2] & HIGHEST) == 0;
      if (used != content.length || !filledUp) {
        throw new TileFormatException(
            "A tile of %d levels goes on behind them: %d bytes, of which %d are used. Maybe it is of another size."
                .formatted(count, content.length, used));
      }
    }
  }
}
