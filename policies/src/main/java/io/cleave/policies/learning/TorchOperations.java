package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.cleave.policies.graph.Span;
import io.cleave.policies.onnx.Operations;
import io.cleave.policies.onnx.Window;
import java.util.List;
import java.util.Map;

/**
 * A network's operators on the engine's arrays; every convolution is followed by a batch
 * normalisation of its own.
 */
class TorchOperations extends Operations<NDArray> {
  private final Map<String, NDArray> dense;
  private final Map<String, NormalisedKernel> convolutions;
  private final FilterGates gates;
  private final boolean training;
  private final boolean normalising;

  /**
   * @param dense weights of fully connected layers, kernels and biases, by name
   * @param convolutions by the name of their kernel
   * @param gates behind filters
   * @param training whether there is a way back, on which steps have slopes
   * @param normalising whether batches are normalised by themselves, and counted in
   */
  TorchOperations(
      Map<String, NDArray> dense,
      Map<String, NormalisedKernel> convolutions,
      FilterGates gates,
      boolean training,
      boolean normalising) {
    this.dense = dense;
    this.convolutions = convolutions;
    this.gates = gates;
    this.training = training;
    this.normalising = normalising;
  }

  @Override
  protected NDArray conv(NDArray x, String kernel, String bias, Window window, int groups) {
    NormalisedKernel weights = NormalisedKernel.of(convolutions, kernel);
    NDList y =
        Conv2d.conv2d(
            x,
            weights.kernel(),
            null,
            new Shape(window.stride(), window.stride()),
            new Shape(window.padHeight(), window.padWidth()),
            new Shape(1, 1),
            groups);
    NDList normalised =
        BatchNorm.batchNorm(
            y.singletonOrThrow(),
            weights.mean(),
            weights.variance(),
            weights.scale(),
            weights.shift(),
            1,
            NormalisedKernel.MOMENTUM,
            NormalisedKernel.EPSILON,
            normalising);
    return gates.through(kernel, normalised.singletonOrThrow());
  }

  @Override
  protected NDArray maxPool(NDArray x, Window window) {
    return Pool.maxPool2d(x, kernel(window), stride(window), padding(window), false);
  }

  @Override
  protected NDArray averagePool(NDArray x, Window window) {
    return Pool.avgPool2d(x, kernel(window), stride(window), padding(window), false, true);
  }

  @Override
  protected NDArray globalAveragePool(NDArray x) {
    Shape shape = x.getShape();
    return Pool.globalAvgPool2d(x).reshape(shape.get(0), shape.get(1), 1, 1);
  }

  @Override
  protected NDArray relu(NDArray x) {
    return Activation.relu(x);
  }

  /**
   * The sign, but in training with the slope of a line that ends at -1 and 1, since a sign's own
   * slope is 0. Source: Hubara et al., "Binarized neural networks", NIPS 2016.
   */
  @Override
  protected NDArray sign(NDArray x) {
    if (!training) {
      return x.sign();
    }
    NDArray line = x.clip(-1, 1);
    return line.add(x.sign().sub(line).stopGradient());
  }

  @Override
  protected NDArray add(NDArray x, NDArray y) {
    return x.add(y);
  }

  @Override
  protected NDArray largest(List<NDArray> values) {
    return values.stream().reduce(NDArray::maximum).orElseThrow();
  }

  @Override
  protected NDArray mean(List<NDArray> values) {
    NDArray sum = values.stream().reduce(NDArray::add).orElseThrow();
    return sum.div(constant(sum, values.size()));
  }

  @Override
  protected List<NDArray> split(NDArray x, int parts) {
    return x.split(parts, 1);
  }

  @Override
  protected NDArray concat(List<NDArray> parts, int axis) {
    return NDArrays.concat(new NDList(parts), axis);
  }

  @Override
  protected NDArray tile(NDArray x, Span rows, Span columns) {
    return x.get(
        new NDIndex(":,:,{}:{},{}:{}", rows.from(), rows.to(), columns.from(), columns.to()));
  }

  @Override
  protected NDArray clip(NDArray x, double lower, double upper) {
    return x.clip((float) lower, (float) upper);
  }

  @Override
  protected NDArray add(NDArray x, double number) {
    return x.add(constant(x, number));
  }

  @Override
  protected NDArray multiply(NDArray x, double factor) {
    return x.mul(constant(x, factor));
  }

  /** An array that lives as long: DJL closes that of a number before the way back reads it. */
  private static NDArray constant(NDArray x, double number) {
    return x.getManager().create((float) number);
  }

  /**
   * In training with the slope of 1, since steps have none: the straight-through estimator. Source:
   * Bengio et al., "Estimating or propagating gradients through stochastic neurons", arXiv
   * 1308.3432, 2013.
   */
  @Override
  protected NDArray round(NDArray x) {
    return training ? x.add(x.round().sub(x).stopGradient()) : x.round();
  }

  @Override
  protected NDArray flatten(NDArray x) {
    return x.reshape(x.getShape().get(0), -1);
  }

  @Override
  protected NDArray dense(NDArray x, String kernel, String bias) {
    return Linear.linear(x, weight(kernel), weight(bias)).singletonOrThrow();
  }

  private NDArray weight(String name) {
    NDArray weight = dense.get(name);
    if (weight == null) {
      throw new IllegalStateException("There is no weight '%s'.".formatted(name));
    }
    return weight;
  }

  private static Shape kernel(Window window) {
    return new Shape(window.height(), window.width());
  }

  private static Shape stride(Window window) {
    return new Shape(window.stride(), window.stride());
  }

  private static Shape padding(Window window) {
    return new Shape(window.padHeight(), window.padWidth());
  }
}
