package io.cleave.transport.frames;

import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder by name, as images that a network takes. */
public final class ImageFolder {
  private final Path folder;
  private final ImageTensor images;
  private final List<Path> files;

  /**
   * @throws ImageException if the folder cannot be listed or is empty
   */
  public ImageFolder(Path folder, ImageTensor images) {
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
  }

  public Path folder() {
    return folder;
  }

  /** How many files there are, whatever they hold. */
  public int count() {
    return files.size();
  }

  /** The file with this number, from 0. */
  public Path file(int number) {
    return files.get(number);
  }

  /**
   * The image in the file with this number, from 0.
   *
   * @throws ImageException if it is none, broken, too large, or the file cannot be read
   */
  public TensorValue read(int number) {
    try (InputStream content = Files.newInputStream(files.get(number))) {
      return images.read(content);
    } catch (IOException unreadable) {
      throw new ImageException("The file cannot be read: %s".formatted(unreadable));
    }
  }
}
