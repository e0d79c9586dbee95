package io.cleave.agents.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A processor package's counter, as Linux's powercap shows it: {@code energy_uj} ascends and begins
 * anew behind {@code max_energy_range_uj}, on a busy server within minutes. Asked less often than
 * it begins anew it would tell too little. It counts all that the package does, whoever asked for
 * it.
 */
final class PackageMeter implements Meter {
  private static final double MICRO = 1e6; // of it in one

  private final String name;
  private final Path counter;
  private final long range;
  private long last;
  private double joules;

  /**
   * @param zone folder of the counter, as {@code powercap/intel-rapl:0}
   */
  PackageMeter(Path zone) throws IOException {
    this.name = Files.readString(zone.resolve("name")).strip();
    this.counter = zone.resolve("energy_uj");
    this.range = whole(zone.resolve("max_energy_range_uj"));
    this.last = whole(counter);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double joules(double seconds) throws IOException {
    long now = whole(counter);
    long drawn = now >= last ? now - last : now + range - last;
    last = now;
    joules += drawn / MICRO;
    return joules;
  }

  private static long whole(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }
}
