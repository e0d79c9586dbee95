package io.cleave.agents.dnn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.plan.Precision;
import io.cleave.transport.tensor.TensorValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs parts of networks. A part is cut out of the model and loaded when it is asked for first, and
 * kept as long as the limits allow. Thread-safe: runs of one part or of several may overlap.
 *
 * <p>All methods throw {@link io.cleave.policies.onnx.ModelFormatException} if the model cannot be
 * cut or the engine refuses a part.
 */
public final class SliceLibrary implements AutoCloseable {
  private final SliceLimits limits;
  private final SliceCache cache;
  private final AtomicLong made = new AtomicLong();
  private final Map<Model, SoftReference<OnnxSlicer>> slicers = new ConcurrentHashMap<>();

  public SliceLibrary(SliceLimits limits) {
    this.limits = limits;
    this.cache = new SliceCache(limits);
  }

  /**
   * Makes a part ready: cut, loaded and run once. Takes as long as the model is large; what runs
   * meanwhile becomes slower, so this is done before a plan takes force and not after.
   */
  public void prepare(Model model, LayerSet layers) {
    prepare(model, Step.of(layers));
  }

  /**
   * The same for a step, which may want a piece only.
   *
   * @throws IllegalArgumentException if the layers cannot be divided so
   */
  public void prepare(Model model, Step step) {
    SliceKey key = SliceKey.of(model, step);
    if (!key.layers().isEmpty()) {
      lease(model, key).close();
    }
  }

  /** Whether {@link #run} would begin at once. Only layer 0, the input, is always ready. */
  public boolean ready(Model model, LayerSet layers) {
    return ready(model, Step.of(layers));
  }

  /** The same for a step, which may want a piece only. */
  public boolean ready(Model model, Step step) {
    SliceKey key = SliceKey.of(model, step);
    return key.layers().isEmpty() || cache.holds(key);
  }

  /**
   * Runs layers in one go, after making them ready if they are not.
   *
   * @param inputs exactly the tensors of {@link Frontier#inputs}, in any order; any batch that the
   *     model allows
   * @return the tensors of {@link Frontier#outputs}; none if only layer 0, the input, is asked for
   * @throws IllegalArgumentException if a tensor is missing, or one is not wanted or does not fit
   */
  public List<TensorValue> run(Model model, LayerSet layers, List<TensorValue> inputs) {
    return run(model, Step.of(layers), inputs);
  }

  /**
   * The same for a step; of one that wants a piece, inputs are the parts that {@link Frontier} says
   * and the output is the piece.
   */
  public List<TensorValue> run(Model model, Step step, List<TensorValue> inputs) {
    SliceKey key = SliceKey.of(model, step);
    if (key.layers().isEmpty()) {
      return List.of();
    }
    try (SliceCache.Lease lease = lease(model, key)) {
      return lease.slice().run(inputs);
    }
  }

  /** How many times a part was cut and loaded since the library was made. */
  public long made() {
    return made.get();
  }

  /** Of the ONNX files of all parts that are ready now; in memory they take up to twice as much. */
  public long heldBytes() {
    return cache.heldBytes();
  }

  private SliceCache.Lease lease(Model model, SliceKey key) {
    return cache.enter(
        key,
        () -> make(model, new Step(key.layers(), Optional.empty(), key.piece(), key.precision())));
  }

  private Slice make(Model model, Step step) {
    Slice slice = load(model, step);
    try {
      slice.warmUp();
      made.incrementAndGet();
      return slice;
    } catch (RuntimeException error) {
      slice.close();
      throw error;
    }
  }

  private Slice load(Model model, Step step) {
    String label = label(model.graph(), step.layers());
    try {
      Path file = Files.createTempFile("slice", ".onnx");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
          write(slicer(model), step, out);
        }
        return Slice.load(label, Frontier.of(model.graph(), step), file, limits.threads());
      } finally {
        Files.delete(file);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static void write(OnnxSlicer slicer, Step step, OutputStream out) throws IOException {
    if (step.piece().isPresent()) {
      slicer.write(step.layers(), step.piece().get(), out);
    } else if (step.precision() == Precision.INT8) {
      slicer.writeEightBits(step.layers(), out);
    } else {
      slicer.write(step.layers(), out);
    }
  }

  private static String label(DnnGraph graph, LayerSet layers) {
    int[] sorted = layers.stream().toArray();
    return "The slice of %s from '%s' to '%s'"
        .formatted(
            graph.name(),
            graph.layer(sorted[0]).name(),
            graph.layer(sorted[sorted.length - 1]).name());
  }

  /** A slicer holds the whole model in memory, and is let go when that becomes scarce. */
  private OnnxSlicer slicer(Model model) {
    SoftReference<OnnxSlicer> kept = slicers.get(model);
    OnnxSlicer slicer = kept == null ? null : kept.get();
    if (slicer == null) {
      slicer = OnnxSlicer.read(model.graph().name(), model.file(), model.reference().inputShapes());
      slicers.put(model, new SoftReference<>(slicer));
    }
    return slicer;
  }

  /** Parts that run are closed when they are through. */
  @Override
  public void close() {
    cache.close();
  }
}
