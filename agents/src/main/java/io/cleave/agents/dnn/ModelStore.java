package io.cleave.agents.dnn;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.onnx.OnnxFile;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.wire.ModelReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of this machine, in a folder of whole ONNX files named by the hash of their content.
 * What is missing is built, if it is of the zoo, or asked for upstream. What is known of a model's
 * exits lies beside it. Thread-safe, and several processes may share a folder.
 *
 * <p>All methods throw {@link io.cleave.policies.onnx.ModelFormatException} if a model cannot be
 * used, {@link ModelMissingException} if it is nowhere to be had, and {@link UncheckedIOException}
 * if the folder or the upstream cannot be read.
 */
public final class ModelStore {
  private final ContentFolder folder;
  private final Optional<Upstream> upstream;
  private final Map<ModelReference, Model> opened = new ConcurrentHashMap<>();

  /** A store that asks nobody. */
  public ModelStore(Path folder) {
    this(folder, Optional.empty());
  }

  /**
   * @param folder made if it is not there
   * @param upstream asked for what is missing
   */
  public ModelStore(Path folder, Optional<Upstream> upstream) {
    this.upstream = upstream;
    try {
      this.folder = new ContentFolder(folder);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /**
   * The model that a person names.
   *
   * @param source {@code zoo:NAME}, {@code zoo:NAME?seed=n} or an ONNX file; a file is taken into
   *     the store, with its weights and its exits' answers if they lie beside it
   * @param inputShapes of graph inputs by name, for those with open axes; a network of the zoo can
   *     be given another height and width
   */
  public Model open(String source, Map<String, TensorShape> inputShapes) {
    try {
      Optional<ZooSource> zoo = ZooSource.parse(source);
      String sha256 =
          zoo.isPresent()
              ? folder.put(out -> zoo.get().zoo().write(zoo.get().seed(), inputShapes, out))
              : take(existing(source));
      return opened(new ModelReference(source, sha256, inputShapes));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** The file, and beside it what lies beside it of its exits' answers. */
  private String take(Path source) throws IOException {
    String sha256 = folder.put(out -> OnnxFile.writeWhole(source, out));
    if (AnswersFile.read(source, sha256).isPresent()) {
      folder.putBeside(sha256, AnswersFile.beside(source), AnswersFile::beside);
    }
    return sha256;
  }

  /** The model that another machine means. */
  public Model open(ModelReference reference) {
    Model known = opened.get(reference);
    if (known != null) {
      return known;
    }
    try {
      if (!folder.holds(reference.sha256())) {
        bring(reference);
      }
      return opened(reference);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** A model that was opened here before. */
  public Optional<Model> bySha256(String sha256) {
    return opened.values().stream()
        .filter(model -> model.reference().sha256().equals(sha256))
        .findFirst();
  }

  /**
   * Takes in a model that somebody sent, if it has the hash of the reference.
   *
   * @param content of an ONNX file that stands alone; read to its end, not closed
   */
  public Model add(ModelReference reference, InputStream content) {
    try {
      folder.put(reference.sha256(), content::transferTo);
      return opened(reference);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void bring(ModelReference reference) throws IOException {
    Optional<ZooSource> zoo = ZooSource.parse(reference.source());
    if (zoo.isPresent()) {
      folder.put(
          reference.sha256(),
          out -> zoo.get().zoo().write(zoo.get().seed(), reference.inputShapes(), out));
    } else if (upstream.isPresent()) {
      folder.put(reference.sha256(), out -> upstream.get().fetch(reference.sha256(), out));
    } else {
      throw new ModelMissingException(
          "The model %s with hash %s is not in the store, and there is nobody to ask. Maybe the controller's address is not configured."
              .formatted(reference.source(), reference.sha256()));
    }
  }

  private Model opened(ModelReference reference) {
    return opened.computeIfAbsent(reference, this::model);
  }

  private Model model(ModelReference reference) {
    DnnGraph graph = graph(reference);
    Path file = folder.file(reference.sha256());
    try {
      Optional<ExitStudy> exits = AnswersFile.read(file, reference.sha256());
      exits.ifPresent(known -> known.calibration().checkFits(graph));
      return new Model(reference, graph, file, exits);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private DnnGraph graph(ModelReference reference) {
    Map<String, TensorShape> shapes = reference.inputShapes();
    Optional<ZooSource> zoo = ZooSource.parse(reference.source());
    return zoo.isPresent()
        ? zoo.get().zoo().graph(shapes)
        : OnnxGraph.read(
            OnnxFile.name(Path.of(reference.source())), folder.file(reference.sha256()), shapes);
  }

  private static Path existing(String source) throws NoSuchFileException {
    Path file = Path.of(source);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(source, null, "there is no such model file");
    }
    return file;
  }
}
