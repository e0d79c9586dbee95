package io.cleave.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The formats of recordings that can be read, one constant each, in the order in which a file is
 * held against them. A file's name says nothing: other people keep the names when they change the
 * columns.
 */
public enum TraceFormat {
  /** Ours; Mbit/s, a value holds for the interval that starts at its time. */
  OWN_CSV("csv", "Mbit/s", Side.START, OwnCsv::fits, OwnCsv::read),

  /** Cork's 5G logs; kbit/s, a value holds for the interval that ends at its time. */
  UCC_5G("ucc-5g", "kbit/s", Side.END, UccReader::fits, UccReader::read),

  /** Lumos's chunks; kbit/s, a value holds for its own delivery, which starts at its time. */
  LUMOS("lumos", "kbit/s", Side.START, LumosReader::fits, LumosReader::read),

  /** Starlink's iperf.csv; bit/s, a value holds from its start to its end. */
  STARLINK("starlink", "bit/s", Side.START, StarlinkReader::fits, StarlinkReader::read),

  /** Sabre's JSON; kbit/s, a value holds for its own duration, which starts at its time. */
  SABRE("sabre", "kbit/s", Side.START, SabreReader::fits, SabreReader::read),

  /** Mahimahi's schedules; packets of 1504 bytes, counted in bins that start at their time. */
  MAHIMAHI("mahimahi", "packets", Side.START, MahimahiReader::fits, MahimahiReader::read),

  /** Ghent's 4G logs; bytes and ms since the last row, an interval that ends at its time. */
  GHENT("ghent", "bytes", Side.END, SixColumnReader::fitsGhent, SixColumnReader::readGhent),

  /** Norway's 3G logs; bytes and ms since the last row, an interval that ends at its time. */
  NORWAY("norway", "bytes", Side.END, SixColumnReader::fitsNorway, SixColumnReader::readNorway),

  /** Oboe's pairs; kbit/s, a value holds from the pair's first line, where it starts. */
  OBOE("oboe", "kbit/s", Side.START, OboeReader::fits, OboeReader::read),

  /** Pensieve's two columns; Mbit/s, a value holds for the interval that ends at its time. */
  COOKED("cooked", "Mbit/s", Side.END, CookedReader::fits, CookedReader::read);

  /** Which interval a value belongs to, seen from the time that it is written beside. */
  public enum Side {
    START,
    END
  }

  private final String id;
  private final String unit;
  private final Side side;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final Predicate<Sample> fits;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final TraceReader reader;

  TraceFormat(String id, String unit, Side side, Predicate<Sample> fits, TraceReader reader) {
    this.id = id;
    this.unit = unit;
    this.side = side;
    this.fits = fits;
    this.reader = reader;
  }

  /** Its name on the command line and in files. */
  public String id() {
    return id;
  }

  /** What the numbers in the file count, in words. */
  public String unit() {
    return unit;
  }

  /** The interval that a value holds for starts or ends at its time. */
  public Side side() {
    return side;
  }

  /** True if a unit may be given that differs from the documented one. */
  public boolean takesUnit() {
    return this == COOKED || this == OBOE;
  }

  /**
   * A format by its id.
   *
   * @throws IllegalArgumentException naming the nearest one
   */
  public static TraceFormat byId(String id) {
    List<String> ids = Arrays.stream(values()).map(TraceFormat::id).toList();
    int index = ids.indexOf(id);
    if (index < 0) {
      throw new IllegalArgumentException(
          "There is no trace format '%s'. Maybe %s? There are: %s."
              .formatted(id, Nearest.to(id, ids), String.join(", ", ids)));
    }
    return values()[index];
  }

  /**
   * The format of a file, told from its first lines.
   *
   * @throws TraceFormatException if it is empty, not text, or like no known format
   */
  public static TraceFormat sniff(Path file) {
    try {
      Sample sample = Sample.of(file);
      return Arrays.stream(values())
          .filter(format -> format.fits.test(sample))
          .findFirst()
          .orElseThrow(() -> unknown(sample));
    } catch (CharacterCodingException e) {
      throw TraceFile.notText(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Trace read(Path file, ReadOptions options) throws IOException {
    return reader.read(file, options);
  }

  private static TraceFormatException unknown(Sample sample) {
    String first = sample.first();
    return new TraceFormatException(
        sample.file().toString(),
        1,
        "format",
        first.length() > 60 ? first.substring(0, 60) + "..." : first,
        "no known recording begins so; there are "
            + String.join(", ", Arrays.stream(values()).map(TraceFormat::id).toList()));
  }
}
