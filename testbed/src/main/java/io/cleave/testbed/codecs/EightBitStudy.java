package io.cleave.testbed.codecs;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.EightBitNotes;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.onnx.ValueRange;
import io.cleave.policies.partition.EightBitSplit;
import io.cleave.policies.plan.Codec;
import io.cleave.testbed.UserError;
import io.cleave.testbed.measure.SpeedFactor;
import io.cleave.transport.tensor.CodecForm;
import io.cleave.transport.tensor.TensorValue;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What eight bits on the device cost a network: storage, answers and time of its first layers, cut
 * by cut. Tensors cross in eight bits, too.
 *
 * @param trunk the network, of one input and one output
 * @param rounds timed runs of each form
 */
public record EightBitStudy(OnnxSlicer trunk, int rounds) {
  /**
   * A cut.
   *
   * @param floatBytes of the layers before it as a file of floats; 0 if there are none
   * @param right share of right answers; NaN if nobody knows them
   */
  public record Row(Tensor cut, long floatBytes, EightBits known, double right) {}

  /**
   * A network as far as its last output.
   *
   * @throws UserError if it takes more than one input
   */
  public static EightBitStudy of(OnnxSlicer whole, int rounds) {
    DnnGraph graph = whole.graph();
    if (graph.layer(0).outputs().size() != 1) {
      throw new UserError(
          "%s takes %d inputs; only a network of one image can be quantised here."
              .formatted(graph.name(), graph.layer(0).outputs().size()));
    }
    int last = graph.outputs().get(graph.outputs().size() - 1);
    if (graph.outputs().size() == 1) {
      return new EightBitStudy(whole, rounds);
    }
    byte[] trunk = whole.bytes(graph.leadingTo(last), Set.of(graph.tensor(last).name()));
    return new EightBitStudy(OnnxSlicer.of(graph.name(), trunk), rounds);
  }

  private DnnGraph graph() {
    return trunk.graph();
  }

  private Tensor input() {
    return graph().tensor(graph().layer(0).outputs().get(0));
  }

  private Tensor output() {
    return graph().tensor(graph().outputs().get(0));
  }

  /**
   * Between which values each tensor lies while the network sees these inputs.
   *
   * @param inputs values of one input each
   */
  public Map<String, ValueRange> ranges(Iterable<float[]> inputs) {
    Set<String> told = new LinkedHashSet<>();
    for (Tensor tensor : graph().tensors()) {
      if (tensor.producer() > 0 && tensor.type() == ElementType.FLOAT32) {
        told.add(tensor.name());
      }
    }
    Map<String, ValueRange> ranges = new LinkedHashMap<>();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(trunk.bytes(graph().all(), told), options)) {
      long[] shape = input().shape().dims().stream().mapToLong(Long::longValue).toArray();
      for (float[] values : inputs) {
        seen(ranges, input().name(), FloatBuffer.wrap(values));
        try (OnnxTensor image =
                OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
            OrtSession.Result result = session.run(Map.of(input().name(), image))) {
          for (String name : told) {
            OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
            seen(ranges, name, tensor.getFloatBuffer());
          }
        }
      }
    } catch (OrtException error) {
      throw refused(error);
    }
    return ranges;
  }

  private static void seen(Map<String, ValueRange> ranges, String name, FloatBuffer values) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    while (values.hasRemaining()) {
      float value = values.get();
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    ranges.merge(name, new ValueRange(low, high), ValueRange::union);
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    return options;
  }

  /** Right answers of the network in floats, as a share. */
  public double right(LabelledImages images) {
    try (Half whole = Half.of(trunk, input().name(), output().name())) {
      return right(images, whole, Optional.empty());
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /** One cut, without any answers: what is lost is unknown. */
  public Row of(Tensor cut, Map<String, ValueRange> ranges) {
    return row(cut, ranges, Double.NaN, Double.POSITIVE_INFINITY);
  }

  /**
   * One cut.
   *
   * @param rightInFloats what the network answers without eight bits
   */
  public Row of(
      Tensor cut, Map<String, ValueRange> ranges, LabelledImages images, double rightInFloats) {
    boolean ends = cut.equals(output());
    try (Half near = near(cut, ranges);
        Half far = Half.of(trunk, cut.name(), output().name())) {
      double right = right(images, near, ends ? Optional.empty() : Optional.of(far));
      return row(cut, ranges, right, rightInFloats - right);
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  private Half near(Tensor cut, Map<String, ValueRange> ranges) throws OrtException {
    return cut.producer() == 0
        ? Half.of(trunk, cut.name(), cut.name())
        : Half.of(trunk.bytes(layers(cut), ranges), input().name(), cut.name());
  }

  private LayerSet layers(Tensor cut) {
    return graph().leadingTo(graph().tensors().indexOf(cut));
  }

  /** Image by image, as frames come; what crosses does so as agents send it. */
  private double right(LabelledImages images, Half near, Optional<Half> far) throws OrtException {
    float[] pixels = new float[images.pixelsEach()];
    long[] shape = {1, images.views(), images.height(), images.width()};
    int right = 0;
    for (int image = 0; image < images.count(); image++) {
      images.copyTo(image, pixels, 0);
      TensorValue seen = Half.value(input().name(), pixels, shape);
      int best = far.isPresent() ? far.get().best(sent(near.run(seen))) : near.best(seen);
      right += best == images.label(image) ? 1 : 0;
    }
    return (double) right / images.count();
  }

  private static TensorValue sent(TensorValue crossing) {
    return Received.of(CodecForm.of(Codec.INT8).encoded(crossing));
  }

  private Row row(Tensor cut, Map<String, ValueRange> ranges, double right, double loss) {
    if (cut.producer() == 0) {
      return new Row(cut, 0, new EightBits(1, 0, loss), right);
    }
    byte[] floats = trunk.bytes(layers(cut));
    byte[] eight = trunk.bytes(layers(cut), ranges);
    double factor = SpeedFactor.of(eight, floats, graph(), rounds);
    return new Row(cut, floats.length, new EightBits(factor, eight.length, loss), right);
  }

  /** The tensors that are worth to be measured. */
  public List<Tensor> cuts() {
    return EightBitSplit.candidates(graph()).stream().map(graph()::tensor).toList();
  }

  /** The network's file with what was measured in its notes. */
  public byte[] noted(Map<String, ValueRange> ranges, List<Row> rows) {
    Map<String, EightBits> cuts = new LinkedHashMap<>();
    rows.forEach(row -> cuts.put(row.cut().name(), row.known()));
    return trunk.noted(new EightBitNotes(ranges, cuts));
  }

  /** The first images, one by one. */
  public static List<float[]> pixels(LabelledImages images) {
    List<float[]> all = new ArrayList<>();
    for (int image = 0; image < images.count(); image++) {
      float[] pixels = new float[images.pixelsEach()];
      images.copyTo(image, pixels, 0);
      all.add(pixels);
    }
    return all;
  }

  private static UserError refused(OrtException error) {
    return new UserError("ONNX Runtime refuses the model: " + error.getMessage());
  }
}
