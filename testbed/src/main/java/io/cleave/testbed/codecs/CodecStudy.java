package io.cleave.testbed.codecs;

import ai.onnxruntime.OrtException;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerKind;
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

/**
 * What each codec makes of the one tensor that crosses at a cut: how many bytes, and how many right
 * answers of the network's last output. Image by image, since each frame has scales of its own.
 */
public final class CodecStudy {
  private CodecStudy() {}

  /**
   * A codec at a cut.
   *
   * @param tensor that crosses
   * @param bytes of it as fp32
   * @param wireBytes on average
   * @param right share of answers that are
   * @param changed share of answers that are not those without a codec
   */
  public record Row(
      String tensor, Codec codec, long bytes, double wireBytes, double right, double changed) {
    /** What share of its bytes the tensor takes. */
    public double factor() {
      return wireBytes / bytes;
    }
  }

  /**
   * Tensors of which nothing else crosses on the way to the last output. Of one that only a pass
   * over memory separates from another of the same size, the later one.
   */
  public static List<Tensor> cuts(DnnGraph whole) {
    DnnGraph trunk = trunk(whole);
    List<Tensor> cuts = new ArrayList<>();
    for (int t = 0; t < trunk.tensors().size(); t++) {
      boolean last = trunk.outputs().contains(t);
      if (!last && trunk.cut(trunk.leadingTo(t)).tensors().equals(List.of(t)) && !early(trunk, t)) {
        cuts.add(trunk.tensor(t));
      }
    }
    return cuts;
  }

  private static DnnGraph trunk(DnnGraph whole) {
    int last = whole.outputs().get(whole.outputs().size() - 1);
    return SubGraph.leadingTo(whole, last).graph();
  }

  private static boolean early(DnnGraph trunk, int tensor) {
    int[] readers = trunk.consumers(tensor);
    if (readers.length != 1) {
      return false;
    }
    LayerKind kind = trunk.layer(readers[0]).kind();
    int made = trunk.layer(readers[0]).outputs().get(0);
    return (kind == LayerKind.ELEMENTWISE || kind == LayerKind.VIEW)
        && !trunk.outputs().contains(made)
        && trunk.tensor(made).size().equals(trunk.tensor(tensor).size());
  }

  /**
   * Each codec at one cut.
   *
   * @param slicer of the network
   * @param cut one of {@link #cuts}
   * @throws UserError if the engine refuses a half
   */
  public static List<Row> of(OnnxSlicer slicer, Tensor cut, LabelledImages images) {
    DnnGraph trunk = trunk(slicer.graph());
    String input = trunk.tensor(trunk.layer(0).outputs().get(0)).name();
    String output = trunk.tensor(trunk.outputs().get(0)).name();
    Map<Codec, Tally> tallies = new EnumMap<>(Codec.class);
    try (Half head = Half.of(slicer, input, cut.name());
        Half tail = Half.of(slicer, cut.name(), output)) {
      float[] pixels = new float[images.pixelsEach()];
      for (int image = 0; image < images.count(); image++) {
        images.copyTo(image, pixels, 0);
        long[] shape = {1, images.views(), images.height(), images.width()};
        TensorValue crossing = head.run(Half.value(input, pixels, shape));
        int plain = tail.best(crossing);
        Map<TensorValue, Integer> answers = new HashMap<>(Map.of(crossing, plain));
        for (Codec codec : Codec.values()) {
          EncodedTensor encoded = CodecForm.of(codec).encoded(crossing);
          TensorValue received = Received.of(encoded);
          if (!answers.containsKey(received)) { // several codecs change values alike
            answers.put(received, tail.best(received));
          }
          int best = answers.getOrDefault(received, plain);
          tallies
              .computeIfAbsent(codec, any -> new Tally())
              .add(encoded, best == images.label(image), best != plain);
        }
      }
    } catch (OrtException error) {
      throw new UserError("ONNX Runtime refuses the model: " + error.getMessage());
    }
    List<Row> rows = new ArrayList<>();
    tallies.forEach((codec, tally) -> rows.add(tally.row(cut, codec, images.count())));
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

    Row row(Tensor cut, Codec codec, double images) {
      return new Row(
          cut.name(),
          codec,
          cut.size().bytes(),
          wireBytes / images,
          right / images,
          changed / images);
    }
  }
}
