package io.cleave.traces;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The built-in recordings: two-second means of 15 cellular and fixed-line measurements, each with
 * its source. Where one direction was recorded it serves for both. None holds round trips; they
 * take a constant of their kind of network: 50 ms for 4G, 100 ms for 3G, 30 ms for a fixed line.
 */
public final class TraceLibrary {
  private final Map<String, String> sources; // by name, in the index's order

  private TraceLibrary(Map<String, String> sources) {
    this.sources = sources;
  }

  public static TraceLibrary builtIn() {
    Map<String, String> sources = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(open("index.csv"))) {
      rows.forEach(row -> sources.put(row.getField("name"), row.getField("source")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TraceLibrary(sources);
  }

  public List<String> names() {
    return List.copyOf(sources.keySet());
  }

  public List<String> names(Split split) {
    return sources.keySet().stream().filter(name -> Split.of(name) == split).toList();
  }

  /**
   * A recording by its name.
   *
   * @throws IllegalArgumentException if there is none, naming the nearest one
   */
  public Trace trace(String name) {
    String source = sources.get(name);
    if (source == null) {
      throw new IllegalArgumentException(
          "There is no built-in trace '%s'. Maybe %s? There are: %s."
              .formatted(
                  name, Nearest.to(name, sources.keySet()), String.join(", ", sources.keySet())));
    }
    String file = name + ".csv";
    try (Reader text = open(file)) {
      return OwnCsv.read(name, source, file, text, rttSeconds(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rttSeconds(String name) {
    if (name.startsWith("fcc")) {
      return 0.03;
    }
    return name.startsWith("norway-3g") || name.startsWith("umts") ? 0.1 : 0.05;
  }

  private static Reader open(String file) {
    InputStream stream = TraceLibrary.class.getResourceAsStream("library/" + file);
    if (stream == null) {
      throw new IllegalStateException("The built-in recording %s is missing.".formatted(file));
    }
    return new InputStreamReader(stream, StandardCharsets.UTF_8);
  }
}
