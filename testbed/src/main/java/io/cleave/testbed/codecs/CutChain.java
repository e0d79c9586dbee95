package io.cleave.testbed.codecs;

import ai.onnxruntime.OrtException;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A network in the pieces between its cuts, each loaded once: whatever is behind a cut is the
 * pieces from there on, one after the other. Memory: the network's weights once, however many cuts
 * there are.
 */
final class CutChain implements AutoCloseable {
  private final List<Half> pieces = new ArrayList<>(); // [cuts], and one behind them if asked for

  /**
   * @param cuts tensors of the trunk of which nothing else crosses, in its order
   * @param trunk leading to the last output
   * @param answers whether anybody asks for them: without, nothing behind the last cut is loaded
   */
  CutChain(OnnxSlicer slicer, DnnGraph trunk, List<Tensor> cuts, boolean answers)
      throws OrtException {
    String from = Measurable.input(trunk).name();
    try {
      for (Tensor cut : cuts) {
        pieces.add(Half.of(slicer, from, cut.name()));
        from = cut.name();
      }
      if (answers) {
        pieces.add(Half.of(slicer, from, trunk.tensor(trunk.outputs().get(0)).name()));
      }
    } catch (OrtException | RuntimeException refused) {
      close();
      throw refused;
    }
  }

  /** What crosses at a cut, made of what crosses at the one before it, or of the input. */
  TensorValue next(TensorValue before, int cut) throws OrtException {
    return pieces.get(cut).run(before);
  }

  /** What class the network finds behind a cut. */
  int best(TensorValue crossing, int cut) throws OrtException {
    TensorValue value = crossing;
    for (Half piece : pieces.subList(cut + 1, pieces.size() - 1)) {
      value = piece.run(value);
    }
    return pieces.get(pieces.size() - 1).best(value);
  }

  @Override
  public void close() throws OrtException {
    for (Half piece : pieces) {
      piece.close();
    }
  }
}
