package io.cleave.controller.model;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.OnnxFile;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.MeasuredProfile;
import io.cleave.policies.wire.ModelReference;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The network behind a reference. Devices with the same network get the same object, so that a
 * thousand of them cost one; networks that nobody uses any more are let go. Thread-safe.
 */
public final class Networks {
  private static final String ZOO = "zoo:";

  private final ModelFolder folder;
  private final Map<Known, WeakReference<DnnGraph>> byReference = new HashMap<>();
  private final Map<String, WeakReference<DnnGraph>> byContent = new HashMap<>();
  private final Map<String, WeakReference<ExitAnswers>> exits = new HashMap<>(); // by hash and time

  /** A reference, and since when it is known what codecs make of its tensors, in ms. */
  private record Known(ModelReference reference, long sizesChanged) {}

  public Networks(ModelFolder folder) {
    this.folder = folder;
  }

  /**
   * The network of the zoo by its name, any other by its hash from the folder; with what codecs
   * make of its tensors, which is read again if it was replaced.
   *
   * @throws UnknownModel if it is in neither, or cannot be read
   */
  public synchronized DnnGraph of(ModelReference reference) {
    Known as = new Known(reference, folder.sizesChanged(reference.sha256()));
    Optional<DnnGraph> known = get(byReference, as);
    if (known.isPresent()) {
      return known.get();
    }
    DnnGraph graph = shared(read(reference), as.sizesChanged());
    byReference.values().removeIf(gone -> gone.get() == null);
    byReference.put(as, new WeakReference<>(graph));
    return graph;
  }

  /**
   * The same with what is known of its exits, which is read again if it was replaced.
   *
   * @throws UnknownModel also if what is known is another model's
   */
  public synchronized Network withExits(ModelReference reference) {
    DnnGraph graph = of(reference);
    String version = reference.sha256() + " " + folder.exitsChanged(reference.sha256());
    Optional<ExitAnswers> known = get(exits, version);
    if (known.isEmpty()) {
      known = folder.exits(reference.sha256()).map(ExitStudy::calibration);
      exits.values().removeIf(gone -> gone.get() == null);
      known.ifPresent(answers -> exits.put(version, new WeakReference<>(answers)));
    }
    try {
      return new Network(graph, known);
    } catch (IllegalArgumentException unfit) {
      throw new UnknownModel(String.valueOf(unfit.getMessage()));
    }
  }

  /** Other words for the same network lead to the same object. */
  private DnnGraph shared(DnnGraph graph, long sizesChanged) {
    String content =
        "%s %s %d".formatted(graph.name(), MeasuredProfile.fingerprint(graph), sizesChanged);
    Optional<DnnGraph> known = get(byContent, content);
    if (known.isPresent()) {
      return known.get();
    }
    byContent.values().removeIf(gone -> gone.get() == null);
    byContent.put(content, new WeakReference<>(graph));
    return graph;
  }

  private DnnGraph read(ModelReference reference) {
    try {
      DnnGraph graph = reference.source().startsWith(ZOO) ? ofZoo(reference) : ofFolder(reference);
      return folder.measured(graph, reference.sha256());
    } catch (ModelFormatException
        | IllegalArgumentException
        | ArithmeticException
        | UncheckedIOException error) {
      // Sizes that overflow are one more way to be wrong.
      throw new UnknownModel(
          "The model %s cannot be read: %s".formatted(reference.source(), error.getMessage()));
    }
  }

  private static DnnGraph ofZoo(ModelReference reference) {
    String name = reference.source().substring(ZOO.length());
    int options = name.indexOf('?');
    return Zoo.byName(options < 0 ? name : name.substring(0, options))
        .graph(reference.inputShapes());
  }

  private DnnGraph ofFolder(ModelReference reference) {
    Path file =
        folder
            .find(reference.sha256())
            .orElseThrow(
                () ->
                    new UnknownModel(
                        "The model %s (sha256 %s) is not in the models folder. Maybe upload it: POST /api/models."
                            .formatted(reference.source(), reference.sha256())));
    return OnnxGraph.of(name(reference.source()), OnnxFile.read(file), reference.inputShapes());
  }

  /** A file's name without its folder and ending, as the agent calls its network. */
  private static String name(String source) {
    try {
      Path path = Path.of(source).getFileName();
      String name = path == null ? source : path.toString();
      return name.endsWith(".onnx") ? name.substring(0, name.length() - 5) : name;
    } catch (InvalidPathException odd) {
      throw new UnknownModel("'%s' is no file name.".formatted(source));
    }
  }

  private static <K, V> Optional<V> get(Map<K, WeakReference<V>> map, K key) {
    WeakReference<V> known = map.get(key);
    return known == null ? Optional.empty() : Optional.ofNullable(known.get());
  }
}
