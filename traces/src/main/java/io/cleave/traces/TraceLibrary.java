package io.cleave.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Traces by name: the built-in ones (two-second mean rates of fifteen recordings) and, if wanted,
 * those that a person has imported.
 */
public final class TraceLibrary {
  private static final String FOLDER = "library/";
  private static final String ENDING = ".csv";

  private record Entry(Optional<Split> split, Supplier<Trace> trace) {}

  private final Map<String, Entry> entries;

  private TraceLibrary(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** The fifteen that come with the program, in a fixed order. */
  public static TraceLibrary builtIn() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    CsvTable index = CsvTable.of(resource("INDEX.csv"));
    for (Row row : index.rows()) {
      String name = row.cells().get(index.column("name"));
      String source = row.cells().get(index.column("source"));
      double roundTrip = row.atLeastZero(index.column("rtt_ms"), "a round trip in ms") / 1e3;
      String split = row.cells().get(index.column("split"));
      entries.put(
          name,
          new Entry(
              Optional.of(Split.valueOf(split.toUpperCase(Locale.ROOT))),
              () -> builtIn(name, source, roundTrip)));
    }
    return new TraceLibrary(entries);
  }

  /**
   * These and all that a folder holds in our own format, by name; a built-in name stays built-in.
   */
  public TraceLibrary with(Path store) {
    Map<String, Entry> all = new LinkedHashMap<>(entries);
    if (Files.isDirectory(store)) {
      try (Stream<Path> files = Files.list(store)) {
        files
            .filter(file -> file.toString().endsWith(ENDING))
            .sorted()
            .forEach(file -> all.putIfAbsent(name(file), imported(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new TraceLibrary(all);
  }

  /** All names, built-in ones first. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  public List<String> names(Split split) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().split.equals(Optional.of(split)))
        .map(Map.Entry::getKey)
        .toList();
  }

  public boolean contains(String name) {
    return entries.containsKey(name);
  }

  /** What a trace may be used for; empty for an imported one. */
  public Optional<Split> split(String name) {
    return entry(name).split;
  }

  /**
   * Reads a trace.
   *
   * @throws IllegalArgumentException that names the nearest, if there is no such trace
   */
  public Trace trace(String name) {
    return entry(name).trace.get();
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(Spelling.unknown("trace", name, entries.keySet()));
    }
    return entry;
  }

  private static Trace builtIn(String name, String source, double roundTripSeconds) {
    Lines lines = resource(name + ENDING);
    Session session = OwnCsv.read(List.of(lines), ReadingOptions.DEFAULT).sessions().get(0);
    Capacity down = session.down().capacity(lines.file());
    Capacity up = session.up().isPresent() ? session.up().get().capacity(lines.file()) : down;
    return new Trace(name, source, up, down, RoundTrip.constant(roundTripSeconds));
  }

  private static Entry imported(Path file) {
    return new Entry(
        Optional.empty(),
        () -> TraceFile.read(name(file), List.of(file), ReadingOptions.DEFAULT).trace());
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ENDING.length());
  }

  private static Lines resource(String name) {
    try (InputStream in = TraceLibrary.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its own file %s.".formatted(name));
      }
      return Lines.of(Path.of(name), new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
