package io.cleave.testbed.tracestore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.traces.OwnCsv;
import io.cleave.traces.ReadOptions;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceFile;
import io.cleave.traces.TraceFormat;
import io.cleave.traces.TraceFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A person's imported recordings: {@code NAME.csv} in our own format and {@code NAME.json} with
 * where it comes from. A recording is there once its CSV is, which is written last.
 */
public final class TraceStore {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;

  public TraceStore(Path folder) {
    this.folder = folder;
  }

  /**
   * The store of whoever runs the program: {@code $CLEAVE_HOME/traces}, by default {@code
   * ~/.cleave/traces}. The system property {@code cleave.home} goes before the environment.
   */
  public static TraceStore ofUser() {
    String home = System.getProperty("cleave.home", "");
    Map<String, String> environment = System.getenv();
    if (home.isEmpty()) {
      home = environment.getOrDefault("CLEAVE_HOME", "");
    }
    Path cleave =
        home.isEmpty() ? Path.of(System.getProperty("user.home", ""), ".cleave") : Path.of(home);
    return new TraceStore(cleave.resolve("traces"));
  }

  /** Names of all recordings, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".csv"))
          .map(file -> file.substring(0, file.length() - ".csv".length()))
          .filter(TraceStore::isName)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean holds(String name) {
    return isName(name) && Files.isRegularFile(csv(name));
  }

  /** True for letters, digits, hyphens and underscores: never a path. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** A recording that {@link #holds} says is there. */
  public Trace trace(String name) {
    Provenance provenance = provenance(name);
    ReadOptions options =
        ReadOptions.defaults()
            .withName(name)
            .withFormat(TraceFormat.OWN_CSV)
            .withRttSeconds(provenance.rttMillis() / 1e3);
    Trace trace = TraceFile.read(csv(name), options);
    return new Trace(name, provenance.source(), trace.up(), trace.down(), trace.roundTrip());
  }

  public Provenance provenance(String name) {
    Path file = json(name);
    try {
      return JSON.readValue(Files.readAllBytes(file), Provenance.class);
    } catch (JsonProcessingException e) {
      throw new TraceFormatException(
          "%s: %s. Maybe import the recording anew with --force."
              .formatted(file, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a recording lies, or would. */
  public Path csv(String name) {
    return folder.resolve(name + ".csv");
  }

  private Path json(String name) {
    return folder.resolve(name + ".json");
  }

  /**
   * Says whether a recording could be kept under this name.
   *
   * @param replace true if one that is there may go
   * @throws UserError if the name is not one, or is taken
   */
  public void checkFree(String name, boolean replace) {
    if (!isName(name)) {
      throw new UserError(
          ("'%s' cannot be a recording's name: use up to 64 letters, digits, hyphens and"
                  + " underscores, beginning with a letter or digit.")
              .formatted(name));
    }
    if (holds(name) && !replace) {
      throw new UserError(
          "%s is there already (%s). Use another name, or --force to replace it."
              .formatted(name, csv(name)));
    }
  }

  /** Keeps a recording; one of this name is replaced. */
  public void put(String name, Trace trace, Provenance provenance) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserError("%s cannot be made: %s".formatted(folder, e));
    }
    WholeFiles.write(
        json(name), text -> text.append(JSON.writeValueAsString(provenance)).append('\n'));
    WholeFiles.write(csv(name), text -> OwnCsv.write(trace, text));
  }
}
