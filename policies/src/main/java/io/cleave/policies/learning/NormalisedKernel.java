package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/**
 * A convolution's kernel and the batch normalisation behind it: y = scale (x - mean) /
 * sqrt(variance + epsilon) + shift, a channel at a time. Source: Ioffe and Szegedy, ICML 2015.
 *
 * @param kernel outputs, inputs, height, width
 * @param scale learned, one for each output
 * @param shift learned
 * @param mean of what was seen in training, moving
 * @param variance of what was seen in training, moving
 */
record NormalisedKernel(
    NDArray kernel, NDArray scale, NDArray shift, NDArray mean, NDArray variance) {
  static final float EPSILON = 1e-5f;
  static final float MOMENTUM = 0.9f;

  static NormalisedKernel fresh(NDArray kernel, NDManager manager) {
    Shape channels = new Shape(kernel.getShape().get(0));
    return new NormalisedKernel(
        kernel,
        manager.ones(channels),
        manager.zeros(channels),
        manager.zeros(channels),
        manager.ones(channels));
  }

  /** One that is folded already: the normalisation behind it changes nothing. */
  static NormalisedKernel folded(NDArray kernel, NDArray bias, NDManager manager) {
    Shape channels = bias.getShape();
    NDArray variance = manager.ones(channels).subi(EPSILON);
    return new NormalisedKernel(
        kernel, manager.ones(channels), bias, manager.zeros(channels), variance);
  }

  static NormalisedKernel of(Map<String, NormalisedKernel> kernels, String name) {
    NormalisedKernel kernel = kernels.get(name);
    if (kernel == null) {
      throw new IllegalStateException("There is no kernel '%s'.".formatted(name));
    }
    return kernel;
  }

  /** The kernel of a convolution that does both. */
  float[] foldedKernel() {
    float[] folded = kernel.toFloatArray();
    float[] factors = factors();
    int each = folded.length / factors.length;
    for (int i = 0; i < folded.length; i++) {
      folded[i] *= factors[i / each];
    }
    return folded;
  }

  /** The bias of a convolution that does both. */
  float[] foldedBias() {
    float[] bias = shift.toFloatArray();
    float[] means = mean.toFloatArray();
    float[] factors = factors();
    for (int i = 0; i < bias.length; i++) {
      bias[i] -= means[i] * factors[i];
    }
    return bias;
  }

  private float[] factors() {
    float[] factors = scale.toFloatArray();
    float[] variances = variance.toFloatArray();
    for (int i = 0; i < factors.length; i++) {
      factors[i] /= (float) Math.sqrt(variances[i] + EPSILON);
    }
    return factors;
  }
}
