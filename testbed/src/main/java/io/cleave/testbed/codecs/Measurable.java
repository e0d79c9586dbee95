package io.cleave.testbed.codecs;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.testbed.UserError;
import java.util.List;

/** Which networks can be measured with which frames. */
public final class Measurable {
  private Measurable() {}

  /**
   * The one tensor of floats that a network takes.
   *
   * @throws UserError if it takes others
   */
  public static Tensor input(DnnGraph graph) {
    List<Tensor> inputs = graph.layer(0).outputs().stream().map(graph::tensor).toList();
    if (inputs.size() != 1 || inputs.get(0).type() != ElementType.FLOAT32) {
      throw new UserError(
          "%s takes %s; codecs can be measured only with one input of FLOAT32."
              .formatted(
                  graph.name(),
                  String.join(
                      ", ",
                      inputs.stream().map(each -> each.name() + ' ' + each.type()).toList())));
    }
    return inputs.get(0);
  }

  /** True if the last output has one number for each of several classes. */
  public static boolean tellsClasses(DnnGraph graph) {
    return classes(graph) > 1;
  }

  /** How many classes the last output tells apart; 0 if its shape is not 1 x classes, of floats. */
  private static long classes(DnnGraph graph) {
    Tensor answer = graph.tensor(graph.outputs().get(graph.outputs().size() - 1));
    TensorShape shape = answer.shape();
    boolean each = answer.type() == ElementType.FLOAT32 && shape.rank() == 2 && shape.dim(0) == 1;
    return each ? shape.dim(1) : 0;
  }

  /**
   * Refuses images that a network does not take, or whose classes it does not tell apart.
   *
   * @throws UserError with advice
   */
  public static void check(DnnGraph graph, LabelledImages images) {
    TensorShape shown = TensorShape.of(1, images.views(), images.height(), images.width());
    Tensor input = input(graph);
    if (!input.shape().equals(shown)) {
      throw new UserError(
          "%s takes %s, and the labelled images are %s. Maybe show it other frames, with --frames FOLDER, --seeded COUNT or --data FOLDER."
              .formatted(graph.name(), input.shape(), shown));
    }
    if (images.largestLabel() >= classes(graph)) {
      throw new UserError(
          "The labelled images show classes 0..%d, and the last output of %s tells %d apart. Maybe it was trained on others: show it those with --frames FOLDER or --data FOLDER."
              .formatted(images.largestLabel(), graph.name(), classes(graph)));
    }
  }
}
