package io.cleave.agents.probe;

import com.sun.management.OperatingSystemMXBean;
import io.cleave.policies.wire.MachineReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jboss.logging.Logger;

/** Looks at the machine: processors, memory, battery. */
public final class MachineProbe {
  private static final Logger LOG = Logger.getLogger(MachineProbe.class);
  private static final double PER_CENT = 100;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Path memory;
  private final List<Path> charges;

  /** A probe of the machine that it runs on. */
  public MachineProbe() {
    this(Path.of("/proc/meminfo"), Path.of("/sys/class/power_supply"));
  }

  /**
   * @param memory as Linux's {@code /proc/meminfo}; may be absent
   * @param supplies as Linux's {@code /sys/class/power_supply}; may be absent
   */
  MachineProbe(Path memory, Path supplies) {
    this.memory = memory;
    this.charges = charges(supplies);
  }

  /** How the machine is now. */
  public MachineReport report() {
    double load = system.getCpuLoad(); // negative or NaN before the first interval is over
    return new MachineReport(load >= 0 ? Math.min(1, load) : 0, freeMemory(), battery());
  }

  /** Available to new work, which on Linux is more than what is free: caches give way. */
  private long freeMemory() {
    try {
      for (String line :
          Files.isReadable(memory) ? Files.readAllLines(memory) : List.<String>of()) {
        if (line.matches("MemAvailable:\\s+[0-9]+ kB")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException unreadable) {
      LOG.debugf("No %s: %s", memory, unreadable.getMessage());
    }
    return Math.max(0, system.getFreeMemorySize());
  }

  private OptionalDouble battery() {
    for (Path charge : charges) {
      try {
        double share = Double.parseDouble(Files.readString(charge).strip()) / PER_CENT;
        if (share >= 0 && share <= 1) {
          return OptionalDouble.of(share);
        }
      } catch (IOException | NumberFormatException gone) {
        LOG.debugf("No charge at %s: %s", charge, gone.getMessage());
      }
    }
    return OptionalDouble.empty();
  }

  private static List<Path> charges(Path supplies) {
    List<Path> charges = new ArrayList<>();
    if (Files.isDirectory(supplies)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
        all.forEach(supply -> charges.add(supply.resolve("capacity")));
      } catch (IOException unreadable) {
        LOG.debugf("No %s: %s", supplies, unreadable.getMessage());
      }
    }
    return charges.stream().filter(Files::isReadable).sorted().toList();
  }
}
