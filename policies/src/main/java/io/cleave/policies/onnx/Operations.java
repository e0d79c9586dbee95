package io.cleave.policies.onnx;

import io.cleave.policies.graph.Span;
import java.util.List;

/**
 * What the operators of a network do to values of some kind: arrays of an engine that trains, for
 * one. Images are laid out batch, channels, height, width.
 *
 * @param <T> the values
 */
public abstract class Operations<T> {
  /**
   * A convolution.
   *
   * @param kernel name of the weight, laid out outputs, inputs of a group, height, width
   * @param bias name of the weight that is added, one number a channel
   * @param groups of channels that see each other only
   */
  protected abstract T conv(T x, String kernel, String bias, Window window, int groups);

  /** The largest of each window. */
  protected abstract T maxPool(T x, Window window);

  /** The mean of each window, padding included. */
  protected abstract T averagePool(T x, Window window);

  /** The mean of each channel, as an image of one point. */
  protected abstract T globalAveragePool(T x);

  /** Nothing below 0. */
  protected abstract T relu(T x);

  /** Each element's sign: -1, 0 or 1. */
  protected abstract T sign(T x);

  protected abstract T add(T x, T y);

  /** The largest of some values of one shape, element by element. */
  protected abstract T largest(List<T> values);

  /** The mean of some values of one shape, element by element. */
  protected abstract T mean(List<T> values);

  /** The channels in so many equal parts. */
  protected abstract List<T> split(T x, int parts);

  /**
   * One after the other along an axis.
   *
   * @param axis 1 channels, 2 rows, 3 columns
   */
  protected abstract T concat(List<T> parts, int axis);

  /** Some rows and columns of each image. */
  protected abstract T tile(T x, Span rows, Span columns);

  /** Nothing below the first bound or above the second. */
  protected abstract T clip(T x, double lower, double upper);

  /** Each element and the same number. */
  protected abstract T add(T x, double number);

  /** Each element as many times. */
  protected abstract T multiply(T x, double factor);

  /** Each element's nearest whole number, the even one in the middle. */
  protected abstract T round(T x);

  /** All axes after the batch as one. */
  protected abstract T flatten(T x);

  /**
   * A fully connected layer.
   *
   * @param kernel name of the weight, laid out outputs, inputs
   * @param bias name of the weight that is added
   */
  protected abstract T dense(T x, String kernel, String bias);

  /**
   * What the readers of a tensor are given, the input's too: itself, unless something lies between.
   *
   * @param tensor its name
   */
  protected T made(String tensor, T value) {
    return value;
  }
}
