package io.cleave.agents.dnn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Tensors in and out of the engine. */
final class Tensors {
  private Tensors() {}

  /** The content, outside the heap, is used where it lies. */
  static NDArray enter(TensorValue value, NDManager manager) {
    long[] shape = value.shape().stream().mapToLong(Long::longValue).toArray();
    NDArray array = manager.create(value.data(), new Shape(shape), type(value.kind()));
    array.setName(value.name());
    return array;
  }

  /** The content is copied once, to the heap: the engine's own memory goes with the array. */
  static TensorValue leave(NDArray array) {
    List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
    return new TensorValue(
        array.getName(), kind(array.getDataType()), shape, array.toByteBuffer(false));
  }

  /** A tensor of zeros, of the size that the graph has it. */
  static TensorValue zeros(Tensor tensor) {
    ByteBuffer data =
        ByteBuffer.allocate(Math.toIntExact(tensor.size().bytes())).order(ByteOrder.LITTLE_ENDIAN);
    return new TensorValue(tensor.name(), kind(tensor), tensor.shape().dims(), data);
  }

  /**
   * In which form a tensor of the graph crosses.
   *
   * @throws ModelFormatException if its type has none
   */
  static ElementKind kind(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT32 -> ElementKind.FLOAT32;
      case INT64 -> ElementKind.INT64;
      case INT32 -> ElementKind.INT32;
      case BOOL -> ElementKind.BOOL;
      case UINT8 -> ElementKind.UINT8;
      case FLOAT16, BFLOAT16, FLOAT64, INT8, INT16, UINT16, UINT32, UINT64 ->
          throw new ModelFormatException(
              "The tensor '%s' is of type %s and cannot cross between machines: only %s can. Maybe cut elsewhere."
                  .formatted(tensor.name(), tensor.type(), Arrays.toString(ElementKind.values())));
    };
  }

  private static DataType type(ElementKind kind) {
    return switch (kind) {
      case FLOAT32 -> DataType.FLOAT32;
      case INT64 -> DataType.INT64;
      case INT32 -> DataType.INT32;
      case BOOL -> DataType.BOOLEAN;
      case UINT8 -> DataType.UINT8;
    };
  }

  private static ElementKind kind(DataType type) {
    return switch (type) {
      case FLOAT32 -> ElementKind.FLOAT32;
      case INT64 -> ElementKind.INT64;
      case INT32 -> ElementKind.INT32;
      case BOOLEAN -> ElementKind.BOOL;
      case UINT8 -> ElementKind.UINT8;
      default -> throw new IllegalStateException("The engine answers with %s.".formatted(type));
    };
  }
}
