package io.cleave.testbed.measure;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.testbed.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A segment of a network loaded into ONNX Runtime, ready to be timed. */
final class SegmentRun implements AutoCloseable {
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs;

  private SegmentRun(OrtSession session, Map<String, OnnxTensor> inputs) {
    this.session = session;
    this.inputs = inputs;
  }

  /**
   * Loads a segment and makes inputs of random content.
   *
   * @param part the sub-model
   * @param graph of the whole network, which knows the sizes of the inputs
   * @param threads that the engine may use
   */
  static SegmentRun load(ModelProto part, DnnGraph graph, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtSession session = environment.createSession(part.toByteArray(), options);
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      for (String name : session.getInputNames()) {
        inputs.put(name, random(environment, tensor(graph, name)));
      }
      return new SegmentRun(session, inputs);
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /** Runs once and returns the seconds that took. */
  double seconds() {
    long before = System.nanoTime();
    try {
      session.run(inputs).close();
    } catch (OrtException error) {
      throw refused(error);
    }
    return (System.nanoTime() - before) / 1e9;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  private static UserError refused(OrtException error) {
    String message = String.valueOf(error.getMessage()).replaceAll("\\s+", " ");
    return new UserError("ONNX Runtime refuses the model: " + message);
  }

  private static Tensor tensor(DnnGraph graph, String name) {
    return graph.tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No tensor " + name));
  }

  private static OnnxTensor random(OrtEnvironment environment, Tensor tensor) throws OrtException {
    long[] dims = tensor.shape().dims().stream().mapToLong(Long::longValue).toArray();
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(tensor.size().bytes()))
            .order(ByteOrder.nativeOrder());
    // Only floats get content: zeros are valid flags and indices.
    if (tensor.type() == io.cleave.policies.graph.ElementType.FLOAT32) {
      SplittableRandom random = new SplittableRandom(1);
      while (bytes.hasRemaining()) {
        bytes.putFloat((float) (2 * random.nextDouble() - 1));
      }
      bytes.rewind();
    }
    return OnnxTensor.createTensor(environment, bytes, dims, javaType(tensor));
  }

  private static ai.onnxruntime.OnnxJavaType javaType(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT32 -> ai.onnxruntime.OnnxJavaType.FLOAT;
      case FLOAT64 -> ai.onnxruntime.OnnxJavaType.DOUBLE;
      case FLOAT16 -> ai.onnxruntime.OnnxJavaType.FLOAT16;
      case BFLOAT16 -> ai.onnxruntime.OnnxJavaType.BFLOAT16;
      case INT8 -> ai.onnxruntime.OnnxJavaType.INT8;
      case UINT8 -> ai.onnxruntime.OnnxJavaType.UINT8;
      case INT16 -> ai.onnxruntime.OnnxJavaType.INT16;
      case INT32 -> ai.onnxruntime.OnnxJavaType.INT32;
      case INT64 -> ai.onnxruntime.OnnxJavaType.INT64;
      case BOOL -> ai.onnxruntime.OnnxJavaType.BOOL;
      case UINT16, UINT32, UINT64 ->
          throw new UserError(
              "ONNX Runtime's Java interface cannot feed '%s' of type %s."
                  .formatted(tensor.name(), tensor.type()));
    };
  }

  /** Closes all, for groups of segments. */
  static void closeAll(List<SegmentRun> runs) {
    runs.forEach(SegmentRun::close);
  }
}
