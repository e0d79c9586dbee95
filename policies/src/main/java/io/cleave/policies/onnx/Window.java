package io.cleave.policies.onnx;

import java.util.List;

/**
 * The window of a convolution or pool.
 *
 * @param height of the kernel
 * @param width of the kernel
 * @param stride in both directions
 * @param padHeight rows added above and below
 * @param padWidth columns added left and right
 */
public record Window(long height, long width, long stride, long padHeight, long padWidth) {
  /** A square window without padding. */
  static Window valid(long size, long stride) {
    return new Window(size, size, stride, 0, 0);
  }

  /** An odd window padded so that stride 1 keeps the size. */
  static Window same(long height, long width) {
    return new Window(height, width, 1, height / 2, width / 2);
  }

  /** A square window with equal padding on all sides. */
  static Window padded(long size, long stride, long pad) {
    return new Window(size, size, stride, pad, pad);
  }

  List<Long> kernel() {
    return List.of(height, width);
  }

  List<Long> strides() {
    return List.of(stride, stride);
  }

  List<Long> pads() {
    return List.of(padHeight, padWidth, padHeight, padWidth);
  }
}
