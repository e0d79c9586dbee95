package io.cleave.testbed.codecs;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.answers.Softmax;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A network from one tensor of floats to another; nothing at all if they are the same. */
final class Half implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Optional<OrtSession> session;
  private final String input;
  private final String output;

  private Half(Optional<OrtSession> session, String input, String output) {
    this.session = session;
    this.input = input;
    this.output = output;
  }

  static Half of(OnnxSlicer slicer, String input, String output) throws OrtException {
    if (input.equals(output)) {
      return new Half(Optional.empty(), input, output);
    }
    DnnGraph graph = slicer.graph();
    LayerSet layers = leadingTo(graph, output).minus(leadingTo(graph, input));
    byte[] model = slicer.bytes(layers, Set.of(output));
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options);
      return new Half(Optional.of(session), input, output);
    }
  }

  private static LayerSet leadingTo(DnnGraph graph, String name) {
    int tensor = 0;
    while (!graph.tensor(tensor).name().equals(name)) {
      tensor++;
    }
    return graph.leadingTo(tensor);
  }

  TensorValue run(TensorValue value) throws OrtException {
    if (session.isEmpty()) {
      return value;
    }
    long[] shape = value.shape().stream().mapToLong(Long::longValue).toArray();
    FloatBuffer given = FloatBuffer.allocate((int) value.elements());
    given.put(value.data().asFloatBuffer()).flip();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, given, shape);
        OrtSession.Result result = session.get().run(Map.of(input, tensor))) {
      OnnxTensor made = (OnnxTensor) result.get(0);
      FloatBuffer values = made.getFloatBuffer();
      float[] floats = new float[values.remaining()];
      values.get(floats);
      return value(output, floats, made.getInfo().getShape());
    }
  }

  /** The class with the largest number. */
  int best(TensorValue value) throws OrtException {
    FloatBuffer answer = run(value).data().asFloatBuffer();
    float[] numbers = new float[answer.remaining()];
    answer.get(numbers);
    return Softmax.of(numbers, 0, numbers.length).best();
  }

  static TensorValue value(String name, float[] floats, long[] shape) {
    ByteBuffer data =
        ByteBuffer.allocate(Float.BYTES * floats.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(floats);
    return new TensorValue(name, ElementKind.FLOAT32, Arrays.stream(shape).boxed().toList(), data);
  }

  @Override
  public void close() throws OrtException {
    if (session.isPresent()) {
      session.get().close();
    }
  }
}
