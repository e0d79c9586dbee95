package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;

/** Recordings that a test writes itself. */
final class Written {
  private Written() {}

  static Path file(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path lines(Path folder, String name, String... lines) {
    return file(folder, name, String.join("\n", lines) + "\n");
  }

  static Trace read(Path folder, String... lines) {
    return TraceFile.read(lines(folder, "recording", lines));
  }

  /** Expects a refusal in one line that begins with the file, the line and the column. */
  static AbstractThrowableAssert<?, ? extends Throwable> refused(
      Path file, long line, String rest) {
    return assertThatThrownBy(() -> TraceFile.read(file))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageStartingWith("%s:%d %s".formatted(file, line, rest))
        .hasMessageNotContaining("\n");
  }
}
