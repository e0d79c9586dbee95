package io.cleave.testbed.experiment;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** CSV as all files of a run have it: UTF-8, a header, commas, and line feeds on every system. */
public final class CsvFile {
  private CsvFile() {}

  /** Opens a file to be written. */
  public static CsvWriter open(Path file) {
    try {
      BufferedWriter text = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
      return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file as a whole. */
  public static void write(Path file, Consumer<CsvWriter> rows) {
    try (CsvWriter csv = open(file)) {
      rows.accept(csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
