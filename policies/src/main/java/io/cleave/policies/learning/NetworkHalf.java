package io.cleave.policies.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.NetworkPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One side of a network that is trained across a cut, or all of it. The near half goes forward, the
 * far half turns round at the loss, the near half goes backward by the slopes that come back; each
 * then changes its own weights. By the chain rule the slopes are those of the undivided step.
 *
 * <p>Weights are drawn for the whole network on either side, so that the same seed gives both
 * halves of the same network.
 */
public final class NetworkHalf implements AutoCloseable {
  private final NetworkPart part;
  private final NDManager manager;
  private final TrainableNetwork network;
  private final Map<String, float[]> slopes = new LinkedHashMap<>();
  private NDManager step; // owns what the way back needs
  private Map<String, NDArray> made = Map.of();

  /**
   * Draws the weights.
   *
   * @param architecture of which the part is one; with one output
   */
  public NetworkHalf(Architecture architecture, NetworkPart part, long seed) {
    this.part = part;
    this.manager = Engine.getEngine("PyTorch").newBaseManager();
    this.step = manager.newSubManager();
    this.network = new TrainableNetwork(architecture, manager, seed);
  }

  /**
   * The near half's way forward.
   *
   * @param images the network's input by its name
   * @return what crosses, by name
   */
  @SuppressWarnings("try") // while the collector is open the engine notes what it computes
  public Map<String, Signal> forward(Map<String, Signal> images) {
    begin();
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      made = network.forward(part, arrays(images));
    }
    Map<String, Signal> crossing = new LinkedHashMap<>();
    made.forEach((name, array) -> crossing.put(name, signal(array)));
    return crossing;
  }

  /**
   * The near half's way back.
   *
   * @param crossed the loss's slope by each tensor that crossed
   */
  public void backward(Map<String, Signal> crossed) {
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      // The slope of the sum of products by a tensor is the other factor: what came back.
      NDArray sum =
          made.entrySet().stream()
              .map(entry -> entry.getValue().mul(array(slope(crossed, entry.getKey()))).sum())
              .reduce(NDArray::add)
              .orElseThrow();
      collector.backward(sum);
    }
    keepSlopes();
  }

  private static Signal slope(Map<String, Signal> crossed, String name) {
    return Objects.requireNonNull(crossed.get(name), name);
  }

  /**
   * What the far half answers.
   *
   * @param loss mean cross entropy of the batch
   * @param slopes of the loss by each tensor that was given and depends on weights, by name
   */
  public record Turn(double loss, Map<String, Signal> slopes) {
    public Turn {
      slopes = Map.copyOf(slopes);
    }
  }

  /**
   * Forward from what crossed, the loss, and backward to it. A half that is the whole is given the
   * images, by which nobody needs a slope.
   *
   * @param labels one an image
   * @param sloped names of the tensors whose slopes are asked for
   */
  public Turn turn(Map<String, Signal> given, long[] labels, List<String> sloped) {
    begin();
    Map<String, NDArray> arrays = arrays(given);
    sloped.forEach(name -> Objects.requireNonNull(arrays.get(name)).setRequiresGradient(true));
    double loss;
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      Map<String, NDArray> answers = network.forward(part, arrays);
      NDArray wrong = ExitLoss.of(List.copyOf(answers.values()), step.create(labels), List.of(1.0));
      loss = wrong.getFloat();
      collector.backward(wrong);
    }
    keepSlopes();
    Map<String, Signal> back = new LinkedHashMap<>();
    for (String name : sloped) {
      try (NDArray slope = Objects.requireNonNull(arrays.get(name)).getGradient()) {
        back.put(name, signal(slope));
      }
    }
    return new Turn(loss, back);
  }

  /** The loss's slopes by the weights of this half, by name; of the last step. Not copies. */
  public Map<String, float[]> slopes() {
    return slopes;
  }

  /** What is learned in this half, by name. */
  public Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    network.learned(part.weights(), (name, weight) -> weights.put(name, weight.toFloatArray()));
    return weights;
  }

  /** One step of plain stochastic descent: each weight less its slope times the rate. */
  public void descend(double rate) {
    network.learned(
        part.weights(),
        (name, weight) -> {
          float[] moves = Objects.requireNonNull(slopes.get(name), name).clone();
          for (int i = 0; i < moves.length; i++) {
            moves[i] *= (float) rate;
          }
          try (NDArray move = manager.create(moves, weight.getShape())) {
            weight.subi(move);
          }
        });
  }

  private void begin() {
    step.close();
    step = manager.newSubManager();
    slopes.clear();
  }

  /** The engine adds up slopes until they are cleared. */
  private void keepSlopes() {
    network.learned(
        part.weights(),
        (name, weight) -> {
          try (NDArray slope = weight.getGradient()) {
            slopes.put(name, slope.toFloatArray());
            slope.subi(slope);
          }
        });
  }

  private Map<String, NDArray> arrays(Map<String, Signal> signals) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    signals.forEach((name, signal) -> arrays.put(name, array(signal)));
    return arrays;
  }

  private NDArray array(Signal signal) {
    return step.create(signal.content(), new Shape(signal.shape()));
  }

  private static Signal signal(NDArray array) {
    return new Signal(array.getShape().getShape(), array.toFloatArray());
  }

  @Override
  public void close() {
    manager.close();
  }
}
