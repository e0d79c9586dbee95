package io.cleave.testbed.tracestore;

import io.cleave.traces.ReadOptions;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceFile;
import io.cleave.traces.TraceFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A recording read from files of other people, ready to be kept.
 *
 * @param name under which it will be kept
 */
public record TraceImport(String name, Trace trace, Provenance provenance) {
  private static final List<String> DIRECTIONS = List.of(".up", ".down");

  /**
   * Reads all recordings before any is kept. The two directions of a mahimahi recording, {@code
   * X.up} and {@code X.down}, are one, whether both are named or one of them lies beside the other.
   *
   * @param name of the only recording; several are called NAME-1, NAME-2, ... as they come
   * @param source who recorded them; without it the reader's words
   */
  public static List<TraceImport> read(
      List<Path> files, String name, Optional<String> source, ReadOptions options) {
    List<List<Path>> recordings = recordings(files, options);
    List<TraceImport> imports = new ArrayList<>();
    for (List<Path> recording : recordings) {
      String own = recordings.size() == 1 ? name : name + "-" + (imports.size() + 1);
      Trace trace = TraceFile.read(recording.get(0), options.withName(own));
      imports.add(new TraceImport(own, trace, provenance(recording, trace, source, options)));
    }
    return imports;
  }

  private static List<List<Path>> recordings(List<Path> files, ReadOptions options) {
    List<List<Path>> recordings = new ArrayList<>();
    Set<Path> seen = new LinkedHashSet<>();
    for (Path file : files) {
      if (seen.add(file.normalize())) {
        List<Path> recording = new ArrayList<>(List.of(file));
        otherDirection(file)
            .filter(other -> isMahimahi(file, options))
            .filter(other -> seen.add(other.normalize()))
            .ifPresent(recording::add);
        recordings.add(recording);
      }
    }
    return recordings;
  }

  private static boolean isMahimahi(Path file, ReadOptions options) {
    return options.format().orElseGet(() -> TraceFormat.sniff(file)) == TraceFormat.MAHIMAHI;
  }

  private static Optional<Path> otherDirection(Path file) {
    String name = String.valueOf(file.getFileName());
    for (String ending : DIRECTIONS) {
      if (name.endsWith(ending) && Files.isRegularFile(file)) {
        String stem = name.substring(0, name.length() - ending.length());
        String other = DIRECTIONS.get(1 - DIRECTIONS.indexOf(ending));
        return Optional.of(file.resolveSibling(stem + other)).filter(Files::isRegularFile);
      }
    }
    return Optional.empty();
  }

  private static Provenance provenance(
      List<Path> files, Trace trace, Optional<String> source, ReadOptions options) {
    TraceFormat format = options.format().orElseGet(() -> TraceFormat.sniff(files.get(0)));
    RoundTripFigures rtt = RoundTripFigures.of(trace);
    return new Provenance(
        source.orElse(trace.source()),
        format.id(),
        options.unit().map(unit -> unit.label()).orElse(format.unit()),
        rtt.meanMillis(),
        trace.roundTrip().isMeasured() ? rtt.samples() : 0,
        files.stream().map(TraceImport::original).toList());
  }

  private static Provenance.Original original(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String sha256 = HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
      return new Provenance.Original(String.valueOf(file.getFileName()), sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
