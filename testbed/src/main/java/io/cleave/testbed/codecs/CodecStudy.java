package io.cleave.testbed.codecs;

import ai.onnxruntime.OrtException;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.NarrowCuts;
import io.cleave.policies.graph.SubGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.plan.Codec;
import io.cleave.testbed.UserError;
import io.cleave.transport.tensor.CodecForm;
import io.cleave.transport.tensor.EncodedTensor;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What each codec makes of the one tensor that crosses at a cut: how many bytes, and how many right
 * answers of the network's last output. Frame by frame, since each has scales of its own.
 */
public final class CodecStudy {
  private final CutChain chain;
  private final Judge judge;
  private final List<Map<Codec, Tally>> tallies = new ArrayList<>(); // [cuts]

  private CodecStudy(CutChain chain, Judge judge, int cuts) {
    this.chain = chain;
    this.judge = judge;
    for (int cut = 0; cut < cuts; cut++) {
      tallies.add(new EnumMap<>(Codec.class));
    }
  }

  /**
   * What was measured.
   *
   * @param frames that were seen, at least 1
   * @param rows each codec at each cut, cut by cut in the order of the network
   */
  public record Result(int frames, List<Row> rows) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A codec at a cut.
   *
   * @param tensor that crosses
   * @param bytes of it as fp32
   * @param wireBytes on average
   * @param right share of answers that are, by whoever judges; 1 if nobody does
   * @param changed share of answers that are not those without a codec; 0 if nobody judges
   */
  public record Row(
      String tensor, Codec codec, long bytes, double wireBytes, double right, double changed) {
    /** What share of its bytes the tensor takes. */
    public double factor() {
      return wireBytes / bytes;
    }
  }

  /**
   * Tensors of floats of which nothing else crosses on the way to the last output. Of one that only
   * a pass over memory separates from another of the same size, the later one.
   */
  public static List<Tensor> cuts(DnnGraph whole) {
    DnnGraph trunk = trunk(whole);
    return NarrowCuts.of(trunk).stream()
        .map(trunk::tensor)
        .filter(cut -> cut.type() == ElementType.FLOAT32) // others travel as they are
        .toList();
  }

  private static DnnGraph trunk(DnnGraph whole) {
    int last = whole.outputs().get(whole.outputs().size() - 1);
    return SubGraph.leadingTo(whole, last).graph();
  }

  /**
   * Each codec at each cut.
   *
   * <p><b>Complexity</b>: for each frame a run of the network; where answers are judged, for each
   * cut also a run of what is behind it for each way in which codecs change what crosses.
   *
   * @param slicer of the network
   * @param progress is told how many frames are done
   * @throws UserError if the engine refuses the network, there is no cut, or no frame
   */
  public static Result of(OnnxSlicer slicer, Shown shown, IntConsumer progress) {
    DnnGraph trunk = trunk(slicer.graph());
    List<Tensor> cuts = cuts(slicer.graph());
    if (cuts.isEmpty()) {
      throw new UserError(
          "%s can be cut nowhere so that a single tensor of floats crosses."
              .formatted(slicer.graph().name()));
    }
    try (CutChain chain = new CutChain(slicer, trunk, cuts, shown.judge() != Judge.NOBODY)) {
      CodecStudy study = new CodecStudy(chain, shown.judge(), cuts.size());
      int frames = 0;
      for (Shown.Frame frame : shown.frames()) {
        study.show(frame);
        frames++;
        progress.accept(frames);
        if (frames == shown.most()) {
          break;
        }
      }
      return new Result(frames, study.rows(cuts, frames));
    } catch (OrtException error) {
      throw new UserError("ONNX Runtime refuses the model: " + error.getMessage());
    }
  }

  private void show(Shown.Frame frame) throws OrtException {
    TensorValue crossing = chain.next(frame.value(), 0);
    int plain = judge == Judge.NOBODY ? 0 : chain.best(crossing, 0);
    int right = judge == Judge.LABELS ? frame.label().orElseThrow() : plain;
    for (int cut = 0; cut < tallies.size(); cut++) {
      crossing = cut == 0 ? crossing : chain.next(crossing, cut);
      Map<TensorValue, Integer> answers = new HashMap<>(Map.of(crossing, plain));
      for (Codec codec : Codec.values()) {
        EncodedTensor encoded = CodecForm.of(codec).encoded(crossing);
        int best = judge == Judge.NOBODY ? plain : answer(Received.of(encoded), cut, answers);
        tallies
            .get(cut)
            .computeIfAbsent(codec, any -> new Tally())
            .add(encoded, best == right, best != plain);
      }
    }
  }

  /**
   * The class found behind a cut.
   *
   * @param known answers to what crosses there; several codecs change values alike
   */
  private int answer(TensorValue received, int cut, Map<TensorValue, Integer> known)
      throws OrtException {
    Integer best = known.get(received);
    if (best == null) {
      best = chain.best(received, cut);
      known.put(received, best);
    }
    return best;
  }

  private List<Row> rows(List<Tensor> cuts, int frames) {
    if (frames == 0) {
      throw new UserError(
          "There was no frame to be shown. Maybe no file of the folder is an image.");
    }
    List<Row> rows = new ArrayList<>();
    for (int cut = 0; cut < cuts.size(); cut++) {
      Tensor crossing = cuts.get(cut);
      tallies.get(cut).forEach((codec, tally) -> rows.add(tally.row(crossing, codec, frames)));
    }
    return rows;
  }

  private static final class Tally {
    private long wireBytes;
    private int right;
    private int changed;

    void add(EncodedTensor encoded, boolean isRight, boolean isChanged) {
      wireBytes += encoded.head().getWireBytes();
      right += isRight ? 1 : 0;
      changed += isChanged ? 1 : 0;
    }

    Row row(Tensor cut, Codec codec, double frames) {
      return new Row(
          cut.name(),
          codec,
          cut.size().bytes(),
          wireBytes / frames,
          right / frames,
          changed / frames);
    }
  }
}
