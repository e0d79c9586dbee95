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
    HalfBytes runs = new HalfBytes(RUNS);
    int zeros = 0;
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] < 0 || levels[i] > HIGHEST) {
        throw new IllegalArgumentException(
            "Level %d is %d, not in 0..%d.".formatted(i, levels[i], HIGHEST));
      }
      if (levels[i] == 0) {
        zeros++;
      } else {
        run(runs, zeros);
        runs.add(levels[i]);
        zeros = 0;
      }
    }
    run(runs, zeros);
    return runs.bytes() < packedBytes(levels.length) ? runs.content() : packed(levels);
  }

  /** Bytes of so many levels without run lengths, the form's byte included. */
  public static int packedBytes(int levels) {
    return 1 + (levels + 1) / 2;
  }

  private static byte[] packed(byte[] levels) {
    HalfBytes packed = new HalfBytes(PACKED);
    for (byte level : levels) {
      packed.add(level);
    }
    return packed.content();
  }

  private static void run(HalfBytes to, int zeros) {
    if (zeros == 0) {
      return;
    }
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
    while (at < count) {
      int next = in.next(at, count);
      if (next == 0 && content[0] == RUNS) {
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
      int pair = content[place / 2] & 0xff;
      return place++ % 2 == 0 ? pair >> 4 : pair & HIGHEST;
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
