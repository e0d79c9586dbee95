package io.cleave.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small recordings that a test writes itself. */
final class Written {
  private final Path folder;

  Written(Path folder) {
    this.folder = folder;
  }

  Path file(String name, String content) {
    try {
      return Files.write(folder.resolve(name), content.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Recording read(String content) {
    return read(content, ReadingOptions.DEFAULT);
  }

  Recording read(String content, ReadingOptions options) {
    return TraceFile.read("t", List.of(file("recording", content)), options);
  }

  Capacity down(String content) {
    return read(content).trace().down();
  }

  /** "start:Mbit/s" of each step, then the period. */
  static String steps(Capacity capacity) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < capacity.steps(); i++) {
      text.append(number(capacity.startSeconds(i)))
          .append(':')
          .append(number(capacity.bitsPerSecond(i) / 1e6))
          .append(' ');
    }
    return text.append('|').append(number(capacity.periodSeconds())).toString();
  }

  private static String number(double value) {
    double rounded = Math.rint(value * 1e6) / 1e6;
    return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
  }
}
