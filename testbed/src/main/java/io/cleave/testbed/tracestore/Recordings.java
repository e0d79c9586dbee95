package io.cleave.testbed.tracestore;

import io.cleave.traces.Nearest;
import io.cleave.traces.ReadOptions;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceFile;
import io.cleave.traces.TraceLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every recording that can be named: built in, imported, or a file. A name goes before a file of
 * the same name in the current folder; {@code ./NAME} is always the file.
 */
public final class Recordings {
  private final TraceLibrary builtIn;
  private final TraceStore store;

  public Recordings(TraceLibrary builtIn, TraceStore store) {
    this.builtIn = builtIn;
    this.store = store;
  }

  /** Those of whoever runs the program. */
  public static Recordings ofUser() {
    return new Recordings(TraceLibrary.builtIn(), TraceStore.ofUser());
  }

  /** Built-in names in the library's order, then imported ones, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>(builtIn.names());
    names.addAll(store.names());
    return names;
  }

  public boolean isBuiltIn(String name) {
    return builtIn.names().contains(name);
  }

  public boolean isImported(String name) {
    return !isBuiltIn(name) && store.holds(name);
  }

  /**
   * A built-in recording, an imported one, or a file, in this order.
   *
   * @param nameOrFile relative files start from the current folder
   * @throws IllegalArgumentException if it is none of them, naming the nearest name
   * @throws io.cleave.traces.TraceFormatException if it is a file that cannot be read
   */
  public Trace trace(String nameOrFile) {
    return trace(nameOrFile, Path.of(""));
  }

  /** As {@link #trace(String)}, with relative files starting from a folder. */
  public Trace trace(String nameOrFile, Path folder) {
    return trace(nameOrFile, folder, ReadOptions.defaults());
  }

  /** As {@link #trace(String, Path)}, with a way to read files; names are not affected by it. */
  public Trace trace(String nameOrFile, Path folder, ReadOptions options) {
    if (isBuiltIn(nameOrFile)) {
      return builtIn.trace(nameOrFile);
    }
    if (store.holds(nameOrFile)) {
      return store.trace(nameOrFile);
    }
    Path file = folder.resolve(nameOrFile);
    if (TraceStore.isName(nameOrFile) && !Files.exists(file)) {
      throw new IllegalArgumentException(
          "There is no recording and no file '%s'. Maybe you mean '%s'."
              .formatted(nameOrFile, Nearest.to(nameOrFile, names())));
    }
    return TraceFile.read(file, options);
  }
}
