package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs models with ONNX Runtime: the judge of shapes and slices. */
final class Engine {
  private Engine() {}

  /** All answers of a model, fed by name; answers that are no floats have sizes and no content. */
  static Map<String, Floats> run(ModelProto model, Map<String, Floats> inputs) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = environment.createSession(model.toByteArray(), options)) {
        return run(environment, session, inputs);
      }
    } catch (OrtException error) {
      throw new AssertionError(error);
    }
  }

  private static Map<String, Floats> run(
      OrtEnvironment environment, OrtSession session, Map<String, Floats> inputs)
      throws OrtException {
    Map<String, OnnxTensor> feed = new LinkedHashMap<>();
    for (String name : session.getInputNames()) {
      Floats floats = pick(inputs, name);
      long[] dims = floats.dims().stream().mapToLong(Long::longValue).toArray();
      feed.put(
          name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats.content()), dims));
    }
    Map<String, Floats> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(feed)) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          outputs.put(output.getKey(), floats(tensor));
        }
      }
    }
    feed.values().forEach(OnnxTensor::close);
    return outputs;
  }

  private static Floats floats(OnnxTensor tensor) {
    List<Long> dims = Arrays.stream(tensor.getInfo().getShape()).boxed().toList();
    if (tensor.getInfo().type != OnnxJavaType.FLOAT) {
      return new Floats(dims, new float[0]);
    }
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] content = new float[buffer.remaining()];
    buffer.get(content);
    return new Floats(dims, content);
  }

  /** The same model with every live tensor among its outputs. */
  static ModelProto tellingAll(ModelProto model, DnnGraph graph) {
    ModelProto.Builder telling = model.toBuilder();
    telling.getGraphBuilder().clearOutput();
    for (Tensor tensor : graph.tensors()) {
      if (tensor.producer() > 0) {
        telling.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(tensor.name()));
      }
    }
    return telling.build();
  }

  /** Runs the near side, then the far side on what crossed; all that was held in the end. */
  static Map<String, Floats> runInTwo(OnnxSlicer slicer, LayerSet near, Map<String, Floats> input) {
    DnnGraph graph = slicer.graph();
    Map<String, Floats> held = new LinkedHashMap<>(input);
    if (near.size() > 1) {
      held.putAll(run(slicer.slice(near), input));
    }
    LayerSet far = graph.all().minus(near);
    if (!far.isEmpty()) {
      Map<String, Floats> sent = new LinkedHashMap<>();
      for (int tensor : graph.cut(near).tensors()) {
        sent.put(graph.tensor(tensor).name(), pick(held, graph.tensor(tensor).name()));
      }
      held.putAll(run(slicer.slice(far), sent));
    }
    return held;
  }

  static Floats pick(Map<String, Floats> from, String name) {
    return Optional.ofNullable(from.get(name))
        .orElseThrow(
            () -> new AssertionError("There is no '%s' among %s.".formatted(name, from.keySet())));
  }
}
