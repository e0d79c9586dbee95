package io.cleave.agents.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Numbers the agent's sessions, ascending over restarts and never from a clock: the last one is
 * kept in a file. Thread-safe.
 */
public final class Epochs {
  private static final String FILE = "epoch";

  private final Path file;
  private long last;

  /**
   * @param folder of the agent's state; made if it is not there
   * @throws IllegalStateException if the file does not hold a number
   */
  public Epochs(Path folder) {
    this.file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (Files.exists(file)) {
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9]{1,18}")) {
          throw new IllegalStateException(
              "%s must hold the number of the last session, not '%.40s'. Maybe it was cut off; put a number there that is above all before."
                  .formatted(file, text));
        }
        last = Long.parseLong(text);
      }
    } catch (IOException error) {
      throw new UncheckedIOException("The state in %s cannot be used".formatted(folder), error);
    }
  }

  /** The next session's number, at least 1; kept before it is given out. */
  public synchronized long next() {
    keep(last + 1);
    return last;
  }

  /** The present session's number; 0 before the first. */
  public synchronized long last() {
    return last;
  }

  /** Somebody saw a session of this number: the next is above it. */
  public synchronized void seen(long epoch) {
    if (epoch > last) {
      keep(epoch);
    }
  }

  private void keep(long epoch) {
    try {
      Path aside = file.resolveSibling(FILE + ".new");
      Files.writeString(aside, epoch + "\n");
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      last = epoch;
    } catch (IOException error) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), error);
    }
  }
}
