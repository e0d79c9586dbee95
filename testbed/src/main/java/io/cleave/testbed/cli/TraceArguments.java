package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.traces.RateUnit;
import io.cleave.traces.ReadingOptions;
import io.cleave.traces.Recording;
import io.cleave.traces.TraceFile;
import io.cleave.traces.TraceFormat;
import io.cleave.traces.TraceLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that say how files are to be read, shared by the commands that read some. */
final class TraceArguments {
  /** The two units that occur in two-column files. */
  private enum Unit {
    MBPS(RateUnit.MBPS),
    KBPS(RateUnit.KBPS);

    private final RateUnit unit;

    Unit(RateUnit unit) {
      this.unit = unit;
    }
  }

  /** A format by its name on the command line. */
  static final class FormatById implements ITypeConverter<TraceFormat> {
    @Override
    public TraceFormat convert(String id) {
      try {
        return TraceFormat.byId(id);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatById.class,
      description =
          "read as own, ucc-5g, lumos, starlink, sabre, six-column, mahimahi, oboe or cooked"
              + " instead of looking at the columns")
  private Optional<TraceFormat> format = Optional.empty();

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description =
          "unit of the rates in a two-column file: mbps or kbps (cooked: mbps, oboe: kbps)")
  private Optional<Unit> unit = Optional.empty();

  @Option(
      names = "--rtt-ms",
      paramLabel = "MS",
      description = "round-trip time, instead of what the recording says")
  private Optional<Double> roundTripMillis = Optional.empty();

  @Option(
      names = "--bin-ms",
      paramLabel = "MS",
      defaultValue = "100",
      description = "width of the bins for a mahimahi schedule (default: ${DEFAULT-VALUE})")
  private int binMillis = 100;

  @Option(
      names = "--session",
      paramLabel = "N",
      description = "only the n-th stretch between gaps (default: all, end to end)")
  private Optional<Integer> session = Optional.empty();

  /** Reads files, or a trace of the library if there is one argument that is no file. */
  Optional<Recording> fromFiles(List<String> arguments, TraceLibrary library) {
    if (arguments.size() == 1 && !isFile(arguments.get(0))) {
      if (library.contains(arguments.get(0))) {
        return Optional.empty();
      }
      throw new UserError(unknown(arguments.get(0), library));
    }
    List<Path> files = arguments.stream().map(Path::of).toList();
    return Optional.of(read(name(files.get(0)), files));
  }

  Recording read(String name, List<Path> files) {
    return TraceFile.read(name, files, options());
  }

  /** A name for a trace that a person did not name. */
  static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.replaceFirst("\\.(csv|json|txt|log|up|down)$", "");
  }

  private ReadingOptions options() {
    try {
      return new ReadingOptions(
          format,
          unit.map(given -> given.unit),
          roundTripMillis.isPresent()
              ? OptionalDouble.of(roundTripMillis.get() / 1e3)
              : OptionalDouble.empty(),
          binMillis,
          session.isPresent() ? OptionalInt.of(session.get()) : OptionalInt.empty());
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isFile(String argument) {
    return Files.exists(Path.of(argument)) || Files.exists(Path.of(argument + ".down"));
  }

  private static String unknown(String argument, TraceLibrary library) {
    try {
      return library.trace(argument).name();
    } catch (IllegalArgumentException e) {
      return "there is no file '%s'. %s".formatted(argument, e.getMessage());
    }
  }
}
