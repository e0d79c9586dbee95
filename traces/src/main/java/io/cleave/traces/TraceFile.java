package io.cleave.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The door for recordings: any known format in, a trace out. */
public final class TraceFile {
  private TraceFile() {}

  /** Reads a recording whose format is told from its content. */
  public static Trace read(Path file) {
    return read(file, ReadOptions.defaults());
  }

  /**
   * Reads a recording. {@link Trace#source()} says what it was read as and what was left out.
   *
   * @throws TraceFormatException if it is not what it is taken for, with line, column and value
   */
  public static Trace read(Path file, ReadOptions options) {
    if (!Files.isRegularFile(file)) {
      throw new TraceFormatException("%s: there is no such file.".formatted(file));
    }
    TraceFormat format = options.format().orElseGet(() -> TraceFormat.sniff(file));
    if (options.unit().isPresent() && !format.takesUnit()) {
      throw new TraceFormatException(
          "%s: %s states its own unit (%s); a unit can be given for two-column text only."
              .formatted(file, format.id(), format.unit()));
    }
    try {
      return format.read(file, options);
    } catch (CharacterCodingException e) {
      throw notText(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TraceFormatException notText(Path file) {
    return new TraceFormatException(
        "%s: this is not text. Maybe it is packed, or a file system's companion file."
            .formatted(file));
  }
}
