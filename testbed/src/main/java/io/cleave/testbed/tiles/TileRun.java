package io.cleave.testbed.tiles;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.onnx.TilewiseNetwork;
import io.cleave.testbed.UserError;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** A network in tiles on this machine: what tiles answer, and what the rest makes of that. */
public final class TileRun implements AutoCloseable {
  private static final int AT_ONCE = 250;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final List<String> names;
  private final OrtSession front;
  private final OrtSession back;

  /**
   * What one tile answers to some images.
   *
   * @param shape images, channels, rows, columns
   * @param values row-major; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and written nowhere
  public record Answer(List<Long> shape, float[] values) {
    /** How many values it has for each image. */
    public int each() {
      return Math.toIntExact(values.length / shape.get(0));
    }
  }

  private TileRun(OnnxSlicer slicer, List<String> tiles) throws OrtException {
    this.names = List.copyOf(tiles);
    DnnGraph graph = slicer.graph();
    LayerSet near = LayerSet.of(0);
    for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
      if (names.contains(graph.tensor(tensor).name())) {
        near = near.union(graph.leadingTo(tensor));
      }
    }
    String output = graph.tensor(graph.outputs().get(0)).name();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      byte[] before = slicer.bytes(near, new LinkedHashSet<>(names));
      byte[] behind = slicer.bytes(graph.all().minus(near), Set.of(output));
      this.front = environment.createSession(before, options);
      this.back = environment.createSession(behind, options);
    }
  }

  /**
   * Cuts a model behind its tiles and loads both parts.
   *
   * @param model an ONNX file's content, as {@link io.cleave.policies.onnx.TilewiseNetwork} makes
   *     it
   * @throws UserError if it has no tiles, or the engine refuses it
   */
  public static TileRun of(byte[] model) {
    try {
      OnnxSlicer slicer = OnnxSlicer.of("the network in tiles", model);
      List<String> tiles = TilewiseNetwork.answers(slicer.graph());
      if (tiles.isEmpty()) {
        throw new UserError(
            "The model has no tiles. Maybe it is another network's; ./cleave train adcnn makes one.");
      }
      return new TileRun(slicer, tiles);
    } catch (ModelFormatException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /** How many tiles there are. */
  public int tiles() {
    return names.size();
  }

  /** Hears of some images at a time. */
  @FunctionalInterface
  public interface Batches {
    /**
     * After each batch.
     *
     * @param from number of the first image
     * @param answers of the tiles in their order
     */
    void answered(int from, List<Answer> answers);
  }

  /** Runs all tiles on all images. */
  public void forEach(LabelledImages images, Batches batches) {
    for (int from = 0; from < images.count(); from += AT_ONCE) {
      batches.answered(from, answers(images, from, Math.min(images.count(), from + AT_ONCE)));
    }
  }

  private List<Answer> answers(LabelledImages images, int from, int to) {
    float[] content = new float[(to - from) * images.pixelsEach()];
    for (int i = from; i < to; i++) {
      images.copyTo(i, content, (i - from) * images.pixelsEach());
    }
    long[] shape = {to - from, images.views(), images.height(), images.width()};
    String input = front.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(content), shape);
        OrtSession.Result result = front.run(Map.of(input, tensor))) {
      List<Answer> answers = new ArrayList<>();
      for (String name : names) {
        OnnxTensor answer = (OnnxTensor) result.get(name).orElseThrow();
        answers.add(
            new Answer(
                Arrays.stream(answer.getInfo().getShape()).boxed().toList(), copied(answer)));
      }
      return answers;
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /**
   * How many of some images the rest of the network tells rightly.
   *
   * @param from number of the first image
   * @param answers of the tiles
   * @param there whether the answer of a tile came; zeros take the place of one that did not
   */
  public int right(LabelledImages images, int from, List<Answer> answers, IntPredicate there) {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (int tile = 0; tile < names.size(); tile++) {
        Answer answer = answers.get(tile);
        float[] values = there.test(tile) ? answer.values() : new float[answer.values().length];
        long[] shape = answer.shape().stream().mapToLong(Long::longValue).toArray();
        inputs.put(
            names.get(tile), OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
      }
      try (OrtSession.Result result = back.run(inputs)) {
        return right(copied((OnnxTensor) result.get(0)), images, from, answers.get(0));
      }
    } catch (OrtException error) {
      throw refused(error);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static int right(float[] scores, LabelledImages images, int from, Answer any) {
    int count = Math.toIntExact(any.shape().get(0));
    int classes = scores.length / count;
    int right = 0;
    for (int image = 0; image < count; image++) {
      int best = 0;
      for (int each = 1; each < classes; each++) {
        best = scores[image * classes + each] > scores[image * classes + best] ? each : best;
      }
      right += best == images.label(from + image) ? 1 : 0;
    }
    return right;
  }

  private static float[] copied(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static UserError refused(OrtException error) {
    return new UserError("ONNX Runtime refuses the model: " + error.getMessage());
  }

  @Override
  public void close() {
    try {
      front.close();
      back.close();
    } catch (OrtException error) {
      throw refused(error);
    }
  }
}
