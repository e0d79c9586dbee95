package io.cleave.agents.dnn;

import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.wire.ModelReference;
import io.cleave.transport.frames.Brightness;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network that this machine can run.
 *
 * @param reference by which others find the same one
 * @param graph for the input sizes of the reference; named like the source, whatever the file is
 *     called
 * @param file in the store: a whole ONNX file whose content has the reference's hash
 * @param exits what is known of its exits; empty if its outputs are none, or nobody measured them
 */
public record Model(
    ModelReference reference, DnnGraph graph, Path file, Optional<ExitStudy> exits) {
  /** One of whose exits nothing is known. */
  public Model(ModelReference reference, DnnGraph graph, Path file) {
    this(reference, graph, file, Optional.empty());
  }

  /** What it takes pixels for. */
  public Brightness brightness() {
    return Brightness.of(exits);
  }
}
