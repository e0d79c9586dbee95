package io.cleave.agents.frame;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A CSV file with a line for each frame, complete after each line. If it cannot be written any more
 * that is told once and counted, and frames go on.
 */
public final class FrameFile implements Consumer<FrameRecord>, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FrameFile.class);

  private final Path file;
  private final BufferedWriter out;
  private final AtomicLong lost = new AtomicLong();

  /** Begins the file anew, with its header. */
  public FrameFile(Path file) {
    this.file = file;
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      this.out = Files.newBufferedWriter(file);
      line(FrameRecord.HEADER);
    } catch (IOException error) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), error);
    }
  }

  @Override
  public void accept(FrameRecord frame) {
    try {
      line(frame.csv());
    } catch (IOException error) {
      if (lost.getAndIncrement() == 0) {
        LOG.errorf("%s cannot be written any more: %s", file, error.getMessage());
      }
    }
  }

  /** Lines that could not be written. */
  public long lost() {
    return lost.get();
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
    out.flush();
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException error) {
      LOG.errorf("%s was not closed: %s", file, error.getMessage());
    }
  }
}
