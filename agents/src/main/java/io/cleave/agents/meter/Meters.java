package io.cleave.agents.meter;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * All meters of the machine: processor packages (RAPL) and batteries. Of a package its parts are
 * left out, and so is {@code psys}, the whole board, since it holds the packages. A meter that
 * cannot be read, or no longer, is told once and left out from then on; so none of its joules are
 * taken for none drawn. Thread-safe.
 */
public final class Meters {
  private static final Logger LOG = Logger.getLogger(Meters.class);

  private final List<Meter> meters = new ArrayList<>();
  private Map<String, Double> joules = Map.of();

  /**
   * @param classes as Linux's {@code /sys/class}; may be absent
   */
  public Meters(Path classes) {
    for (Path zone : folders(classes.resolve("powercap"), "intel-rapl:[0-9]+")) {
      try {
        PackageMeter meter = new PackageMeter(zone);
        if (meter.name().startsWith("package")) {
          meters.add(meter);
        }
      } catch (IOException | NumberFormatException unreadable) {
        LOG.infof(
            "%s is there and cannot be read: %s. Maybe only root may; nothing is measured by it.",
            zone, unreadable.getMessage());
      }
    }
    folders(classes.resolve("power_supply"), "BAT.*")
        .forEach(supply -> meters.add(new BatteryMeter(supply)));
  }

  /**
   * Asks all of them; call it at least once a minute.
   *
   * @param seconds of any clock that does not go back
   * @return joules since they were asked for the first time, by name
   */
  public synchronized Map<String, Double> read(double seconds) {
    Map<String, Double> read = new LinkedHashMap<>();
    for (Meter meter : List.copyOf(meters)) {
      try {
        read.put(meter.name(), meter.joules(seconds));
      } catch (IOException | NumberFormatException gone) {
        meters.remove(meter);
        LOG.warnf("%s cannot be read: %s. It is left out now.", meter.name(), gone.getMessage());
      }
    }
    joules = read;
    return Map.copyOf(read);
  }

  /** Those that are read, in order; empty if the machine has none. */
  public synchronized List<String> names() {
    return meters.stream().map(Meter::name).toList();
  }

  /** As read last; no number if a meter is left out. */
  public synchronized double joules(String name) {
    return joules.getOrDefault(name, Double.NaN);
  }

  private static List<Path> folders(Path parent, String names) {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
        all.forEach(folders::add);
      } catch (IOException unreadable) {
        LOG.infof("%s cannot be listed: %s", parent, unreadable.getMessage());
      }
    }
    return folders.stream()
        .filter(folder -> String.valueOf(folder.getFileName()).matches(names))
        .sorted()
        .toList();
  }
}
