package io.cleave.testbed.codecs;

import ai.onnxruntime.OrtException;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.learning.Crossings;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.testbed.UserError;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** What crosses at a cut while a network sees images. */
public final class CutCrossings {
  private CutCrossings() {}

  /**
   * One row for each image.
   *
   * @param cut a tensor of the network
   * @throws UserError if there is none of this name
   */
  public static Crossings of(OnnxSlicer slicer, String cut, LabelledImages images) {
    DnnGraph graph = slicer.graph();
    if (graph.tensors().stream().noneMatch(tensor -> tensor.name().equals(cut))) {
      throw new UserError("%s has no tensor '%s'.".formatted(graph.name(), cut));
    }
    String input = graph.tensor(graph.layer(0).outputs().get(0)).name();
    List<float[]> rows = new ArrayList<>();
    int[] labels = new int[images.count()];
    float[] pixels = new float[images.pixelsEach()];
    long[] shape = {1, images.views(), images.height(), images.width()};
    try (Half near = Half.of(slicer, input, cut)) {
      for (int image = 0; image < images.count(); image++) {
        images.copyTo(image, pixels, 0);
        FloatBuffer made = near.run(Half.value(input, pixels, shape)).data().asFloatBuffer();
        float[] row = new float[made.remaining()];
        made.get(row);
        rows.add(row);
        labels[image] = images.label(image);
      }
    } catch (OrtException error) {
      throw new UserError("ONNX Runtime refuses the model: " + error.getMessage());
    }
    return new Crossings(rows, labels);
  }
}
