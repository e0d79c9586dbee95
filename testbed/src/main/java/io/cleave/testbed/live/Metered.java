package io.cleave.testbed.live;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the machine's meters told an agent while frames came in, beside what the model says. Neither
 * is taken off the other: a meter counts the whole machine, idle or not, and every process on it.
 *
 * @param watts mean of each meter, by its name; none if there was no meter
 */
record Metered(Map<String, Double> watts) {
  /**
   * What the model says of the device alone.
   *
   * @param joules of all frames, by its class's power in the measured times
   * @param idleJoules that the board draws between frames
   * @param seconds for which frames came in
   */
  record Modelled(double joules, double idleJoules, double seconds) {
    /**
     * @param latencies sum over all frames, in seconds; what is left of the run the board idles
     */
    static Modelled of(double joules, double latencies, double idleWatts, double seconds) {
      return new Modelled(joules, idleWatts * Math.max(0, seconds - latencies), seconds);
    }

    double watts() {
      return (joules + idleJoules) / seconds;
    }
  }

  private record Reading(double unixSeconds, double joules) {
    double wattsUntil(Reading later) {
      return (later.joules - joules) / (later.unixSeconds - unixSeconds);
    }
  }

  /**
   * Reads what an agent wrote down between two moments. A line that has no end is left out: its
   * agent was stopped while it wrote.
   *
   * @param file of {@code cleave.agent.energy-file}; if there is none, nothing was measured
   */
  static Metered read(Path file, double fromUnixSeconds, double toUnixSeconds) {
    if (!Files.exists(file)) {
      return new Metered(Map.of());
    }
    Map<String, Reading> first = new LinkedHashMap<>();
    Map<String, Reading> last = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(whole(file))) {
      for (NamedCsvRecord row : csv) {
        Reading reading =
            new Reading(
                Double.parseDouble(row.getField("unix_seconds")),
                Double.parseDouble(row.getField("joules")));
        if (reading.unixSeconds() >= fromUnixSeconds && reading.unixSeconds() <= toUnixSeconds) {
          first.putIfAbsent(row.getField("meter"), reading);
          last.put(row.getField("meter"), reading);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Double> watts = new LinkedHashMap<>();
    first.forEach(
        (meter, reading) -> {
          double mean = reading.wattsUntil(last.getOrDefault(meter, reading));
          if (Double.isFinite(mean)) { // it was read twice
            watts.put(meter, mean);
          }
        });
    return new Metered(watts);
  }

  private static String whole(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /** Both, for people; where nothing was measured, that. */
  String beside(Modelled modelled) {
    if (watts.isEmpty()) {
      return "Energy: not measured, since the device's program found no meter it could read (RAPL, battery); all joules are modelled.";
    }
    String measured =
        watts.entrySet().stream()
            .map(
                each ->
                    text(
                        "%.4g J (%.3g W) by %s",
                        each.getValue() * modelled.seconds(), each.getValue(), each.getKey()))
            .collect(Collectors.joining(", "));
    return text(
        "Energy: measured %s, the idle machine and all its processes among it; modelled %.4g J (%.3g W) of the device's class alone, %.4g J of it between frames.",
        measured, modelled.watts() * modelled.seconds(), modelled.watts(), modelled.idleJoules());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
