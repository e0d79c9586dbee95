package io.cleave.agents.source;

import io.cleave.transport.frames.ImageException;
import io.cleave.transport.frames.ImageFolder;
import io.cleave.transport.tensor.TensorValue;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;

/**
 * The images of a folder by name, over and over. A file that is no image is counted, named once and
 * passed over.
 */
public final class DirectoryFrames implements LongFunction<List<TensorValue>> {
  private static final Logger LOG = Logger.getLogger(DirectoryFrames.class);

  private final ImageFolder folder;
  private final boolean[] named; // [files] told as bad before
  private final AtomicLong bad = new AtomicLong();
  private int place;

  public DirectoryFrames(ImageFolder folder) {
    this.folder = folder;
    this.named = new boolean[folder.count()];
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
    for (int tried = 0; tried < folder.count(); tried++) {
      int file = place;
      place = (place + 1) % folder.count();
      try {
        return List.of(folder.read(file));
      } catch (ImageException unusable) {
        bad.incrementAndGet();
        if (!named[file]) {
          named[file] = true;
          LOG.warnf("%s is passed over: %s", folder.file(file), unusable.getMessage());
        }
      }
    }
    throw new ImageException("The folder %s holds no image.".formatted(folder.folder()));
  }
}
