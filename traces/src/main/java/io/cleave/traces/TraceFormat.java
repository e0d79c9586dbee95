package io.cleave.traces;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The kinds of recordings that can be read, in the order in which a file is asked for them. A
 * format is recognised by its columns, never by a file's name. A new one is a constant here and a
 * class with two functions.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions are static methods without state
public enum TraceFormat {
  OWN("own", "CSV t_s,down_mbps[,up_mbps][,rtt_ms]", OwnCsv::claims, OwnCsv::read),
  UCC_5G("ucc-5g", "UCC 5G CSV, kbit/s, 1-s rows with pings", UccReader::claims, UccReader::read),
  LUMOS("lumos", "Lumos CSV, kbit/s, a row per chunk", LumosReader::claims, LumosReader::read),
  STARLINK("starlink", "iperf CSV, bit/s, both ways", StarlinkReader::claims, StarlinkReader::read),
  SABRE("sabre", "JSON of durations and kbit/s", SabreReader::claims, SabreReader::read),
  SIX_COLUMN(
      "six-column",
      "Ghent or Norway log: bytes per ms",
      SixColumnReader::claims,
      SixColumnReader::read),
  MAHIMAHI(
      "mahimahi", "a line per packet of 1504 B, ms", MahimahiReader::claims, MahimahiReader::read),
  OBOE("oboe", "pairs of lines: ms, kbit/s", OboeReader::claims, OboeReader::read),
  COOKED("cooked", "two columns: s, Mbit/s", CookedReader::claims, CookedReader::read);

  /** Turns files into a draft; the second argument is what a person said about them. */
  interface Reading {
    Draft of(List<Lines> files, ReadingOptions options);
  }

  private final String id;
  private final String description;
  private final Predicate<Lines> claim;
  private final Reading reading;

  TraceFormat(String id, String description, Predicate<Lines> claim, Reading reading) {
    this.id = id;
    this.description = description;
    this.claim = claim;
    this.reading = reading;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** What the columns are, in a few words. */
  public String description() {
    return description;
  }

  /** Whether a person may say which unit the rates have, since files of this kind differ. */
  public boolean unitIsOpen() {
    return this == OBOE || this == COOKED;
  }

  int mostFiles() {
    return this == MAHIMAHI || this == STARLINK ? 2 : 1;
  }

  /**
   * The format that a file's columns show.
   *
   * @throws TraceFormatException if no format has such columns
   */
  public static TraceFormat sniff(Path file) {
    return sniff(Lines.of(file));
  }

  static TraceFormat sniff(Lines lines) {
    return Arrays.stream(values())
        .filter(format -> format.claim.test(lines))
        .findFirst()
        .orElseThrow(() -> unknown(lines));
  }

  /**
   * The format of this name.
   *
   * @throws IllegalArgumentException that names the nearest one
   */
  public static TraceFormat byId(String id) {
    return Arrays.stream(values())
        .filter(format -> format.id.equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Spelling.unknown("trace format", id, ids())));
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(TraceFormat::id).toList();
  }

  Draft read(List<Lines> files, ReadingOptions options) {
    return reading.of(files, options);
  }

  private static TraceFormatException unknown(Lines lines) {
    return new TraceFormatException(
        lines.file(),
        Math.max(1, lines.text().indexOf(lines.first()) + 1L),
        0,
        lines.first(),
        "begins like none of the known formats (%s).".formatted(String.join(", ", ids())));
  }
}
