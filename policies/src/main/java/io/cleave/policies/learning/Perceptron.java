package io.cleave.policies.learning;

import java.util.ArrayList;
import java.util.List;

/**
 * A small network of fully connected layers with rectifiers between them. Its answers are the same
 * to the last digit on every machine, since sums are taken in one order.
 */
public final class Perceptron {
  /**
   * A layer.
   *
   * @param inputs how many
   * @param outputs how many
   * @param kernel [input x output] row by row
   * @param bias [output]
   */
  @SuppressWarnings("ArrayRecordComponent") // weights, which nobody compares
  public record Dense(int inputs, int outputs, float[] kernel, float[] bias) {
    public Dense {
      if (kernel.length != inputs * outputs || bias.length != outputs) {
        throw new IllegalArgumentException(
            "A layer from %d to %d takes %d weights and %d biases, not %d and %d."
                .formatted(inputs, outputs, inputs * outputs, outputs, kernel.length, bias.length));
      }
    }

    /** The slopes at the inputs, from those at the outputs. */
    float[] back(float[] slopes) {
      float[] before = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        for (int j = 0; j < outputs; j++) {
          before[i] += kernel[i * outputs + j] * slopes[j];
        }
      }
      return before;
    }

    /** Adds what some of the inputs, from one on, contribute to the sums of the outputs. */
    void add(float[] values, int from, int count, float[] sums) {
      for (int i = 0; i < count; i++) {
        float value = values[i];
        if (value != 0) {
          int row = (from + i) * outputs;
          for (int j = 0; j < outputs; j++) {
            sums[j] += value * kernel[row + j];
          }
        }
      }
    }
  }

  private final List<Dense> layers;

  public Perceptron(List<Dense> layers) {
    this.layers = List.copyOf(layers);
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
        throw new IllegalArgumentException(
            "Layer %d takes %d values, but the one before makes %d."
                .formatted(i, layers.get(i).inputs(), layers.get(i - 1).outputs()));
      }
    }
  }

  /** From the input on. */
  public List<Dense> layers() {
    return layers;
  }

  int inputs() {
    return layers.get(0).inputs();
  }

  /** What the first inputs contribute to the first layer, the same for many rows. */
  float[] begun(float[] values) {
    Dense first = layers.get(0);
    float[] sums = first.bias().clone();
    first.add(values, 0, values.length, sums);
    return sums;
  }

  /**
   * The single answer.
   *
   * @param begun for the inputs before these
   * @param values the rest of the inputs
   */
  float answer(float[] begun, float[] values) {
    float[] sums = begun.clone();
    layers.get(0).add(values, inputs() - values.length, values.length, sums);
    return through(sums)[0];
  }

  /** All answers. */
  float[] answers(float[] values) {
    return through(begun(values));
  }

  private float[] through(float[] first) {
    float[] sums = first;
    for (int i = 1; i < layers.size(); i++) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] = Math.max(0, sums[j]);
      }
      float[] next = layers.get(i).bias().clone();
      layers.get(i).add(sums, 0, sums.length, next);
      sums = next;
    }
    return sums;
  }

  /**
   * What each input has to do with the answer: its value times the slope there. Between the bends
   * of the rectifiers these add up to the answer but for the biases' part.
   */
  float[] contributions(float[] values) {
    List<float[]> sums = new ArrayList<>(); // [layer] before its rectifiers
    float[] inputs = values;
    for (Dense layer : layers) {
      float[] next = layer.bias().clone();
      layer.add(inputs, 0, inputs.length, next);
      sums.add(next);
      inputs = next.clone();
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = Math.max(0, inputs[i]);
      }
    }
    float[] slopes = {1};
    for (int i = layers.size() - 1; i >= 0; i--) {
      slopes = layers.get(i).back(slopes);
      for (int j = 0; j < slopes.length && i > 0; j++) {
        slopes[j] = sums.get(i - 1)[j] > 0 ? slopes[j] : 0;
      }
    }
    float[] contributions = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      contributions[i] = values[i] * slopes[i];
    }
    return contributions;
  }
}
