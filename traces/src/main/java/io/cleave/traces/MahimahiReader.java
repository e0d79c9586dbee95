package io.cleave.traces;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads mahimahi schedules: each line is the millisecond of one chance to send one packet.
 *
 * <p>Source: the emulator's own reader (ravinet/mahimahi, link_queue): 1504 bytes a line, the last
 * line is the period, an empty line, a decreasing time and a period of 0 are refused. Unused
 * chances are lost.
 *
 * <p>A line at t counts in the bin (from, to] that holds t, and a 0 in the first one: what has been
 * carried is exact at every edge of a bin and off by less than one bin between, so that a bin of 1
 * ms keeps the schedule to the millisecond. What is left at the end joins the last bin. The two
 * directions of a pair run on one clock: both are cut to the shorter period, since padding the
 * other would invent an outage.
 */
final class MahimahiReader {
  private static final double BITS_PER_CHANCE = 1504 * 8.0;

  private MahimahiReader() {}

  static boolean claims(Lines lines) {
    String first = lines.first().strip();
    return !first.isEmpty() && first.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    if (files.size() == 1) {
      long[] times = times(files.get(0));
      Session session = Session.oneWay();
      bin(times, times[times.length - 1], options.binMillis(), session.down());
      return Draft.of(session, List.of());
    }
    long[] up = times(direction(files, ".up"));
    long[] down = times(direction(files, ".down"));
    long period = Math.min(up[up.length - 1], down[down.length - 1]);
    Session session = Session.bothWays();
    bin(up, period, options.binMillis(), session.up().orElseThrow());
    bin(down, period, options.binMillis(), session.down());
    return Draft.of(session, cut(up[up.length - 1], down[down.length - 1], period));
  }

  /** Columns cannot tell the two directions apart: this is the one thing a name decides. */
  private static Lines direction(List<Lines> files, String suffix) {
    List<Lines> found =
        files.stream().filter(lines -> lines.file().toString().endsWith(suffix)).toList();
    if (files.size() != 2 || found.size() != 1) {
      Path file = files.get(0).file();
      throw new TraceFormatException(
          file, "needs a pair: one file that ends in .up and one that ends in .down.");
    }
    return found.get(0);
  }

  private static long[] times(Lines lines) {
    List<String> text = lines.text();
    long[] times = new long[text.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = time(lines.file(), i + 1L, text.get(i).strip());
      if (i > 0 && times[i] < times[i - 1]) {
        throw new TraceFormatException(
            lines.file(),
            i + 1L,
            1,
            text.get(i),
            "ms is earlier than the %d ms before it; time must not go back."
                .formatted(times[i - 1]));
      }
    }
    if (times[times.length - 1] == 0) {
      throw new TraceFormatException(
          lines.file(), times.length, 1, "0", "as the last time makes a period of 0 ms.");
    }
    return times;
  }

  private static long time(Path file, long line, String text) {
    if (text.isEmpty()) {
      throw new TraceFormatException(file, line, 1, text, "is no time: a line must not be empty.");
    }
    if (text.length() > 15 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new TraceFormatException(
          file, line, 1, text, "is not a whole number of ms, at least 0.");
    }
    return Long.parseLong(text);
  }

  private static void bin(long[] times, long period, int width, Steps into) {
    int bins = (int) Math.max(1, Math.min(period / width, Integer.MAX_VALUE - 8));
    int[] chances = new int[bins];
    for (long time : times) {
      if (time <= period) {
        chances[(int) Math.min(bins - 1, Math.max(0, time - 1) / width)]++;
      }
    }
    for (int i = 0; i < bins; i++) {
      long from = (long) i * width;
      long to = i == bins - 1 ? period : from + width;
      into.until(to / 1e3, chances[i] * BITS_PER_CHANCE * 1e3 / (to - from));
    }
  }

  private static List<String> cut(long up, long down, long period) {
    return up == down
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "both directions are cut to the shorter period, %.3f s (up %.3f s, down %.3f s).",
                period / 1e3,
                up / 1e3,
                down / 1e3));
  }

  /** The two files that a name without ending stands for. */
  static List<Path> pair(Path stem) {
    return List.of(Path.of(stem + ".up"), Path.of(stem + ".down"));
  }
}
