package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.cleave.policies.graph.ElementType;
import java.util.Optional;

/** Element types by their number in the ONNX format. */
final class ElementTypes {
  private ElementTypes() {}

  /** Empty for strings, complex numbers and types that no network computes with. */
  static Optional<ElementType> of(int number) {
    return switch (number) {
      case TensorProto.DataType.FLOAT_VALUE -> Optional.of(ElementType.FLOAT32);
      case TensorProto.DataType.FLOAT16_VALUE -> Optional.of(ElementType.FLOAT16);
      case TensorProto.DataType.BFLOAT16_VALUE -> Optional.of(ElementType.BFLOAT16);
      case TensorProto.DataType.DOUBLE_VALUE -> Optional.of(ElementType.FLOAT64);
      case TensorProto.DataType.INT8_VALUE -> Optional.of(ElementType.INT8);
      case TensorProto.DataType.UINT8_VALUE -> Optional.of(ElementType.UINT8);
      case TensorProto.DataType.INT16_VALUE -> Optional.of(ElementType.INT16);
      case TensorProto.DataType.UINT16_VALUE -> Optional.of(ElementType.UINT16);
      case TensorProto.DataType.INT32_VALUE -> Optional.of(ElementType.INT32);
      case TensorProto.DataType.UINT32_VALUE -> Optional.of(ElementType.UINT32);
      case TensorProto.DataType.INT64_VALUE -> Optional.of(ElementType.INT64);
      case TensorProto.DataType.UINT64_VALUE -> Optional.of(ElementType.UINT64);
      case TensorProto.DataType.BOOL_VALUE -> Optional.of(ElementType.BOOL);
      default -> Optional.empty();
    };
  }

  /** The format's number of a type. */
  static int number(ElementType type) {
    return switch (type) {
      case FLOAT32 -> TensorProto.DataType.FLOAT_VALUE;
      case FLOAT16 -> TensorProto.DataType.FLOAT16_VALUE;
      case BFLOAT16 -> TensorProto.DataType.BFLOAT16_VALUE;
      case FLOAT64 -> TensorProto.DataType.DOUBLE_VALUE;
      case INT8 -> TensorProto.DataType.INT8_VALUE;
      case UINT8 -> TensorProto.DataType.UINT8_VALUE;
      case INT16 -> TensorProto.DataType.INT16_VALUE;
      case UINT16 -> TensorProto.DataType.UINT16_VALUE;
      case INT32 -> TensorProto.DataType.INT32_VALUE;
      case UINT32 -> TensorProto.DataType.UINT32_VALUE;
      case INT64 -> TensorProto.DataType.INT64_VALUE;
      case UINT64 -> TensorProto.DataType.UINT64_VALUE;
      case BOOL -> TensorProto.DataType.BOOL_VALUE;
    };
  }
}
