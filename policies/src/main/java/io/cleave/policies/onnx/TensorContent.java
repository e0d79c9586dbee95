package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Reads constants of a model: always their sizes, and the content of small ones. */
final class TensorContent {
  private TensorContent() {}

  static Value of(TensorProto tensor) {
    Optional<ElementType> type = ElementTypes.of(tensor.getDataType());
    List<Long> dims = tensor.getDimsList();
    if (type.isEmpty()) {
      return new Value(false, type, Optional.of(dims), Optional.empty());
    }
    Value weight = Value.weight(type.get(), dims);
    if (weight.elements() > Value.MOST_CONTENT) {
      return weight;
    }
    List<Double> content = content(tensor, type.get(), (int) weight.elements());
    return content.size() == weight.elements() ? Value.constant(type.get(), dims, content) : weight;
  }

  /** Some places of a float weight along an axis; empty if its content is not in one buffer. */
  static Optional<TensorProto> part(TensorProto weight, int axis, Span span) {
    List<Long> dims = weight.getDimsList();
    long inner = ViewRules.product(dims, axis + 1, dims.size()) * Float.BYTES;
    long outer = ViewRules.product(dims, 0, axis);
    long length = dims.get(axis);
    boolean plain =
        weight.getDataType() == TensorProto.DataType.FLOAT_VALUE
            && weight.getRawData().size() == outer * length * inner;
    if (!plain) {
      return Optional.empty();
    }
    List<ByteString> blocks = new ArrayList<>();
    for (long block = 0; block < outer; block++) {
      int from = Math.toIntExact((block * length + span.from()) * inner);
      int to = Math.toIntExact((block * length + span.to()) * inner);
      blocks.add(weight.getRawData().substring(from, to));
    }
    return Optional.of(
        weight.toBuilder()
            .setDims(axis, span.length())
            .setRawData(ByteString.copyFrom(blocks))
            .build());
  }

  /** Empty for types that decide no shape, and where the file keeps the content elsewhere. */
  private static List<Double> content(TensorProto tensor, ElementType type, int elements) {
    if (tensor.hasRawData()) {
      ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return bytes.remaining() == (long) elements * type.bytes()
          ? raw(bytes, type, elements)
          : List.of();
    }
    return switch (type) {
      case FLOAT32 -> numbers(tensor.getFloatDataList(), Float::doubleValue);
      case FLOAT64 -> numbers(tensor.getDoubleDataList(), Double::doubleValue);
      case INT64 -> numbers(tensor.getInt64DataList(), Long::doubleValue);
      case INT32, INT16, UINT16, INT8, UINT8, BOOL ->
          numbers(tensor.getInt32DataList(), Integer::doubleValue);
      case UINT32, UINT64 -> numbers(tensor.getUint64DataList(), Long::doubleValue);
      case FLOAT16, BFLOAT16 -> List.of();
    };
  }

  private static List<Double> raw(ByteBuffer bytes, ElementType type, int elements) {
    List<Double> out = new ArrayList<>(elements);
    for (int i = 0; i < elements; i++) {
      switch (type) {
        case FLOAT32 -> out.add((double) bytes.getFloat());
        case FLOAT64 -> out.add(bytes.getDouble());
        case INT64, UINT64 -> out.add((double) bytes.getLong());
        case INT32 -> out.add((double) bytes.getInt());
        case UINT32 -> out.add((double) Integer.toUnsignedLong(bytes.getInt()));
        case INT16 -> out.add((double) bytes.getShort());
        case UINT16 -> out.add((double) Short.toUnsignedInt(bytes.getShort()));
        case INT8 -> out.add((double) bytes.get());
        case UINT8, BOOL -> out.add((double) Byte.toUnsignedInt(bytes.get()));
        case FLOAT16, BFLOAT16 -> {
          return List.of();
        }
      }
    }
    return out;
  }

  private static <T> List<Double> numbers(List<T> from, ToDoubleFunction<T> number) {
    return from.stream().map(number::applyAsDouble).toList();
  }
}
