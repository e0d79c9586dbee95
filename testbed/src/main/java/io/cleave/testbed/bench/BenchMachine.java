package io.cleave.testbed.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a figure was measured: no figure is worth anything without. */
public final class BenchMachine {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private BenchMachine() {}

  /** Processor, cores and virtual machine in one line. */
  public static String text() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %s %s, %s %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
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
