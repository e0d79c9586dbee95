package io.cleave.agents.source;

import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The images of a folder by name, over and over. A file that is no image is counted, named once and
 * passed over.
 */
public final class DirectoryFrames implements LongFunction<List<TensorValue>> {
  private static final Logger LOG = Logger.getLogger(DirectoryFrames.class);

  private final ImageTensor images;
  private final Path folder;
  private final List<Path> files;
  private final boolean[] named; // [files] told as bad before
  private final AtomicLong bad = new AtomicLong();
  private int place;

  /**
   * @throws ImageException if the folder cannot be listed or is empty
   */
  public DirectoryFrames(Path folder, ImageTensor images) {
    this.folder = folder;
    this.images = images;
    try (Stream<Path> all = Files.list(folder)) {
      this.files = all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new ImageException("The folder %s cannot be listed: %s".formatted(folder, unreadable));
    }
    if (files.isEmpty()) {
      throw new ImageException("The folder %s holds no file.".formatted(folder));
    }
    this.named = new boolean[files.size()];
  }

  /** Files that were passed over, each time counted. */
  public long bad() {
    return bad.get();
  }

  /**
   * The next image that can be read.
   *
   * @throws ImageException if a whole round found none
   */
  @Override
  public List<TensorValue> apply(long frame) {
    for (int tried = 0; tried < files.size(); tried++) {
      int file = place;
      place = (place + 1) % files.size();
      try (InputStream content = Files.newInputStream(files.get(file))) {
        return List.of(images.read(content));
      } catch (IOException | ImageException unusable) {
        bad.incrementAndGet();
        if (!named[file]) {
          named[file] = true;
          LOG.warnf("%s is passed over: %s", files.get(file), unusable.getMessage());
        }
      }
    }
    throw new ImageException("The folder %s holds no image.".formatted(folder));
  }
}
