package io.cleave.testbed.live;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Follows a frames file while its agent writes it: each frame is handed out once. */
final class FrameTail {
  private final Path file;
  private final FramesFile frames;
  private String header = "";
  private long position;

  FrameTail(Path file, FramesFile frames) {
    this.file = file;
    this.frames = frames;
  }

  /** The frames that were answered since the last call, in the order of their answers. */
  List<MeasuredFrame> next() {
    String lines = newLines();
    if (header.isEmpty()) {
      int end = lines.indexOf('\n') + 1;
      header = lines.substring(0, end);
      lines = lines.substring(end);
    }
    return lines.isEmpty() ? List.of() : frames.parse(file, header + lines);
  }

  /** What was added up to the last end of a line. */
  private String newLines() {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      reader.seek(position);
      byte[] bytes = new byte[(int) (reader.length() - position)];
      reader.readFully(bytes);
      String text = new String(bytes, StandardCharsets.US_ASCII);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      position += whole.length();
      return whole;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
