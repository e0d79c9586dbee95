package io.cleave.testbed.measure;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.testbed.UserError;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

  private final boolean alone;

  private SegmentRun(OrtSession session, Map<String, OnnxTensor> inputs, boolean alone) {
    this.session = session;
    this.alone = alone;
    this.inputs = inputs;
  }

  /**
   * Loads a segment and makes inputs of random content.
   *
   * @param part the sub-model as an ONNX file's content
   * @param graph of the whole network, which knows the sizes of the inputs
   * @param threads that the engine may use
   */
  static SegmentRun load(byte[] part, DnnGraph graph, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtSession session = environment.createSession(part, options);
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      for (String name : session.getInputNames()) {
        inputs.put(name, random(environment, tensor(graph, name)));
      }
      return new SegmentRun(session, inputs, threads == 1);
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /**
   * Runs once and returns the seconds that took: of the calling thread's processor time if the
   * engine has no other, so that whatever else runs on the machine disturbs little; of the clock
   * otherwise.
   */
  double seconds() {
    long before = nanos();
    try {
      session.run(inputs).close();
    } catch (OrtException error) {
      throw refused(error);
    }
    return (nanos() - before) / 1e9;
  }

  private long nanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return alone && threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
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
    if (tensor.type() == ElementType.FLOAT32) {
      SplittableRandom random = new SplittableRandom(1);
      while (bytes.hasRemaining()) {
        bytes.putFloat((float) (2 * random.nextDouble() - 1));
      }
      bytes.rewind();
    }
    return OnnxTensor.createTensor(environment, bytes, dims, javaType(tensor));
  }

  private static OnnxJavaType javaType(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case FLOAT64 -> OnnxJavaType.DOUBLE;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case BFLOAT16 -> OnnxJavaType.BFLOAT16;
      case INT8 -> OnnxJavaType.INT8;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT16 -> OnnxJavaType.INT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
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
