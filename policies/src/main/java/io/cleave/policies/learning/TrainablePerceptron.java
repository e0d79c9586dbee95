package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** A {@link Perceptron} while it is learned, in the engine's memory. */
final class TrainablePerceptron {
  private final String name;
  private final List<NDArray> kernels = new ArrayList<>(); // [layer] inputs x outputs
  private final List<NDArray> biases = new ArrayList<>();

  /**
   * Draws weights as He et al., ICCV 2015, do; those of the last layer are 0, so that its answer is
   * 0 until something is learned.
   *
   * @param sizes of the input, each hidden layer and the output
   * @param manager that owns them
   */
  TrainablePerceptron(
      String name, List<Integer> sizes, NDManager manager, SplittableRandom random) {
    this.name = name;
    for (int layer = 0; layer + 1 < sizes.size(); layer++) {
      int inputs = sizes.get(layer);
      int outputs = sizes.get(layer + 1);
      boolean last = layer + 2 == sizes.size();
      float[] values = new float[inputs * outputs];
      for (int i = 0; i < values.length && !last; i++) {
        values[i] = (float) (Math.sqrt(2.0 / inputs) * random.nextGaussian());
      }
      add(values, new float[outputs], manager);
    }
  }

  /** Goes on from what was learned before. */
  TrainablePerceptron(String name, Perceptron learned, NDManager manager) {
    this.name = name;
    learned.layers().forEach(layer -> add(layer.kernel(), layer.bias(), manager));
  }

  private void add(float[] kernel, float[] bias, NDManager manager) {
    kernels.add(manager.create(kernel, new Shape(kernel.length / bias.length, bias.length)));
    biases.add(manager.create(bias, new Shape(bias.length)));
    kernels.get(kernels.size() - 1).setRequiresGradient(true);
    biases.get(biases.size() - 1).setRequiresGradient(true);
  }

  /**
   * The answers.
   *
   * @param rows [n x inputs]
   * @return [n * outputs]
   */
  NDArray forward(NDArray rows) {
    NDArray values = rows;
    for (int layer = 0; layer < kernels.size(); layer++) {
      values = values.matMul(kernels.get(layer)).add(biases.get(layer));
      values = layer + 1 < kernels.size() ? Activation.relu(values) : values;
    }
    return values.reshape(-1);
  }

  /** Calls with the name and content of all that is learned. */
  void learned(BiConsumer<String, NDArray> each) {
    for (int layer = 0; layer < kernels.size(); layer++) {
      each.accept(name + layer + ".kernel", kernels.get(layer));
      each.accept(name + layer + ".bias", biases.get(layer));
    }
  }

  /** What has been learned so far, outside the engine's memory. */
  Perceptron learned() {
    List<Perceptron.Dense> layers = new ArrayList<>();
    for (int layer = 0; layer < kernels.size(); layer++) {
      Shape shape = kernels.get(layer).getShape();
      layers.add(
          new Perceptron.Dense(
              (int) shape.get(0),
              (int) shape.get(1),
              kernels.get(layer).toFloatArray(),
              biases.get(layer).toFloatArray()));
    }
    return new Perceptron(layers);
  }
}
