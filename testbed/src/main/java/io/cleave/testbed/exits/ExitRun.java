package io.cleave.testbed.exits;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.answers.Softmax;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.plan.Plan;
import io.cleave.testbed.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network with exits on this machine, segment by segment: after each the answer is looked at, and
 * what comes behind is run only if it is not sure enough. One thread.
 */
public final class ExitRun implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final DnnGraph graph;
  private final ExitRule rule;
  private final List<Segment> segments = new ArrayList<>();
  private final FloatBuffer pixels; // what the input tensor reads
  private final OnnxTensor input;

  /** A part of the network, and what it reads. */
  private record Segment(OrtSession session, Set<String> inputs) {}

  /**
   * What a network answered.
   *
   * @param place among the rule's exits
   */
  public record Answer(int place, int best) {}

  private ExitRun(DnnGraph graph, ExitRule rule) throws OrtException {
    this.graph = graph;
    this.rule = rule;
    List<Long> dims = graph.tensor(graph.layer(0).outputs().get(0)).shape().dims();
    long[] shape = dims.stream().mapToLong(Long::longValue).toArray();
    this.pixels =
        ByteBuffer.allocateDirect(Math.toIntExact(graph.inputSize().bytes()))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.input = OnnxTensor.createTensor(environment, pixels, shape);
  }

  /**
   * Cuts a model at the exits of a rule and loads the parts.
   *
   * @throws UserError if the engine refuses one
   */
  public static ExitRun load(Path model, DnnGraph graph, ExitRule rule) {
    OnnxSlicer slicer = OnnxSlicer.read(graph.name(), model, Map.of());
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      ExitRun run = new ExitRun(graph, rule);
      List<LayerSet> segments = Plan.segments(graph, rule);
      for (int place = 0; place < segments.size(); place++) {
        byte[] part = slicer.bytes(segments.get(place), run.made(segments, place));
        OrtSession session = run.environment.createSession(part, options);
        run.segments.add(new Segment(session, session.getInputNames()));
      }
      return run;
    } catch (OrtException error) {
      throw refused(error);
    }
  }

  /** What a segment has to make: its exit, and what later ones read. */
  private Set<String> made(List<LayerSet> segments, int place) {
    Set<String> names = new LinkedHashSet<>();
    names.add(exit(place));
    for (LayerSet later : segments.subList(place + 1, segments.size())) {
      later.forEach(
          layer ->
              graph.layer(layer).inputs().stream()
                  .map(graph::tensor)
                  .filter(tensor -> segments.get(place).contains(tensor.producer()))
                  .forEach(tensor -> names.add(tensor.name())));
    }
    names.remove(input()); // held in any case
    return names;
  }

  private String exit(int place) {
    return graph.tensor(graph.outputs().get(rule.exits().get(place))).name();
  }

  private String input() {
    return graph.tensor(graph.layer(0).outputs().get(0)).name();
  }

  /**
   * Runs one image until an exit is sure enough.
   *
   * @param image channel by channel, row by row
   */
  public Answer answer(float[] image) {
    Map<String, OnnxTensor> held = new HashMap<>();
    List<OrtSession.Result> results = new ArrayList<>();
    pixels.put(0, image);
    held.put(input(), input);
    try {
      for (int place = 0; ; place++) {
        results.add(run(segments.get(place), held));
        Softmax softmax = softmax(held, place);
        double value =
            rule.signal() == ExitSignal.ENTROPY ? softmax.entropy() : softmax.confidence();
        if (rule.leavesAt(place, value)) {
          return new Answer(place, softmax.best());
        }
      }
    } catch (OrtException error) {
      throw refused(error);
    } finally {
      results.forEach(OrtSession.Result::close);
    }
  }

  private static OrtSession.Result run(Segment segment, Map<String, OnnxTensor> held)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (String name : segment.inputs()) {
      inputs.put(name, Objects.requireNonNull(held.get(name)));
    }
    OrtSession.Result result = segment.session().run(inputs);
    result.forEach(output -> held.put(output.getKey(), (OnnxTensor) output.getValue()));
    return result;
  }

  private Softmax softmax(Map<String, OnnxTensor> held, int place) {
    float[] logits = new float[rule.classes()];
    Objects.requireNonNull(held.get(exit(place))).getFloatBuffer().get(logits);
    return Softmax.of(logits, 0, logits.length);
  }

  @Override
  public void close() {
    input.close();
    for (Segment segment : segments) {
      try {
        segment.session().close();
      } catch (OrtException error) {
        throw refused(error);
      }
    }
  }

  private static UserError refused(OrtException error) {
    return new UserError("ONNX Runtime refuses the model: " + error.getMessage());
  }
}
