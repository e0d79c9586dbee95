package io.cleave.agents.infer;

import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The network's answer for people and programs. */
final class Outputs {
  private static final int TOP = 5;

  private Outputs() {}

  /**
   * One output in short.
   *
   * @param top the largest values of a float output, largest first
   */
  record Summary(String name, String kind, List<Long> shape, List<Top> top) {}

  /**
   * @param index in row-major order
   */
  record Top(int index, float value) {}

  static List<Summary> summaries(List<TensorValue> outputs) {
    return outputs.stream()
        .map(
            output -> new Summary(output.name(), output.kind().name(), output.shape(), top(output)))
        .toList();
  }

  /** All outputs one after the other, as they lie in memory. */
  static byte[] raw(List<TensorValue> outputs) {
    ByteBuffer all = ByteBuffer.allocate(outputs.stream().mapToInt(TensorValue::byteCount).sum());
    outputs.forEach(output -> all.put(output.data()));
    return all.array();
  }

  private static List<Top> top(TensorValue output) {
    if (output.kind() != ElementKind.FLOAT32) {
      return List.of();
    }
    FloatBuffer values = output.data().asFloatBuffer();
    List<Top> top = new ArrayList<>();
    IntStream.range(0, values.remaining())
        .boxed()
        .filter(i -> Float.isFinite(values.get(i))) // JSON has no other numbers
        .sorted(Comparator.comparing(i -> -values.get(i)))
        .limit(TOP)
        .forEach(i -> top.add(new Top(i, values.get(i))));
    return top;
  }
}
