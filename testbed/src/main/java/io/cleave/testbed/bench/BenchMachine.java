package io.cleave.testbed.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a figure was measured: no figure is worth anything without. */
public final class BenchMachine {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private BenchMachine() {}

  /**
   * Processor, cores, how many tasks wanted them in the last minute (negative if unknown; about 1
   * is the benchmark's own) and virtual machine, in one line.
   */
  public static String text() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, load %.1f, %s %s, %s %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private static String processor() {
    if (!Files.isReadable(CPU)) {
      return "unnamed processor";
    }
    try (Stream<String> lines = Files.lines(CPU)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unnamed processor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
