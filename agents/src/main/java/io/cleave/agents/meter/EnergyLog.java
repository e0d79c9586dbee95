package io.cleave.agents.meter;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reads the machine's meters from time to time, and writes down what they say if that is wanted: a
 * CSV file, complete after each line, with a header alone where nothing measures. If it cannot be
 * written any more that is told once, and metering goes on. Thread-safe.
 */
public final class EnergyLog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EnergyLog.class);
  private static final String HEADER = "unix_seconds,meter,joules\n";

  private final Meters meters;
  private Optional<BufferedWriter> out;

  /**
   * @param file that is begun anew; empty: nothing is written
   * @throws UncheckedIOException if it cannot be written
   */
  public EnergyLog(Meters meters, Optional<Path> file) {
    this.meters = meters;
    this.out = file.map(EnergyLog::begun);
    List<String> names = meters.names();
    LOG.info(
        names.isEmpty()
            ? "Energy is not measured here: there is no package counter that can be read, and no battery"
            : "Energy is measured by " + String.join(", ", names));
  }

  private static BufferedWriter begun(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      BufferedWriter writer = Files.newBufferedWriter(file);
      writer.write(HEADER);
      writer.flush();
      return writer;
    } catch (IOException error) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), error);
    }
  }

  /** What was read last. */
  public Meters meters() {
    return meters;
  }

  /** Reads all meters now. */
  public synchronized void read(Instant now) {
    double seconds = now.getEpochSecond() + now.getNano() * 1e-9;
    Map<String, Double> joules = meters.read(seconds);
    try {
      if (out.isPresent()) {
        for (Map.Entry<String, Double> each : joules.entrySet()) {
          out.get()
              .write(
                  String.format(
                      Locale.ROOT, "%.3f,%s,%.6f%n", seconds, each.getKey(), each.getValue()));
        }
        out.get().flush();
      }
    } catch (IOException error) {
      LOG.errorf("What meters say cannot be written any more: %s", error.getMessage());
      out = Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (out.isPresent()) {
        out.get().close();
      }
    } catch (IOException error) {
      LOG.errorf("The file of what meters say was not closed: %s", error.getMessage());
    }
    out = Optional.empty();
  }
}
