package io.cleave.testbed.reproduce;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.testbed.UserError;
import io.cleave.testbed.reproduce.Reproduction.Section;
import io.cleave.testbed.tiles.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * What a learned code answers over a noisy link, by symbols and signal over noise, beside a digital
 * codec: that one needs its bits over the link's capacity, half a logarithm of one plus the ratio a
 * symbol, and below that nothing arrives.
 */
final class ChannelCodes {
  private static final double PERCENT = 100;

  private ChannelCodes() {}

  /**
   * A table of one cut.
   *
   * @param file what {@code ./cleave train channel} wrote
   * @param crossing the tensor that would cross otherwise
   */
  static Section section(String name, Path file, Tensor crossing) {
    String title = "%s, learned code instead of %s".formatted(name, crossing.name());
    if (!Files.exists(file)) {
      return new Section(title, List.of(), List.of("not there: " + file.getFileName()));
    }
    Map<Integer, Map<Double, List<Double>>> right = new TreeMap<>(); // symbols, then decibels
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        right
            .computeIfAbsent(Integer.valueOf(row.getField("symbols")), any -> new TreeMap<>())
            .computeIfAbsent(Double.valueOf(row.getField("snr_db")), any -> new ArrayList<>())
            .add(Double.parseDouble(row.getField("right_percent")) / PERCENT);
      }
    } catch (IOException | IllegalArgumentException | NoSuchElementException error) {
      // numbers or columns that are none
      throw new UserError("%s cannot be used: %s".formatted(file, error.getMessage()));
    }
    List<String> notes = new ArrayList<>();
    right.forEach(
        (symbols, byDecibel) ->
            byDecibel.forEach(
                (decibel, seeds) -> notes.add(note(symbols, decibel, seeds, crossing))));
    return new Section(title, List.of(), notes);
  }

  private static String note(int symbols, double decibel, List<Double> seeds, Tensor crossing) {
    double bits = Math.log(1 + Math.pow(10, decibel / 10)) / Math.log(2) / 2;
    return String.format(
        Locale.ROOT,
        "%3d symbols at %3.0f dB: %s %% right, %d seeds; by a codec at capacity INT8 takes %.0f symbols, INT4_ZEROS %.0f",
        symbols,
        decibel,
        Spread.of(seeds).percent(),
        seeds.size(),
        Math.ceil(Codec.INT8.bits(crossing) / bits),
        Math.ceil(Codec.INT4_ZEROS.bits(crossing) / bits));
  }
}
