package io.cleave.policies.learning;

import io.cleave.policies.onnx.DenseNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What each of {@link FixedActions} is worth in a state, as it was learned.
 *
 * @param values from a state to a value for each action: minus what all frames from now on will
 *     cost, later ones counting less
 * @param notes how it came about, by key
 */
public record QNetwork(Perceptron values, Map<String, String> notes) {
  private static final String SHIPPED = "dqn.onnx";

  public QNetwork {
    notes = Map.copyOf(notes);
  }

  /** The one that ships. */
  public static QNetwork shipped() {
    try (InputStream file = QNetwork.class.getResourceAsStream(SHIPPED)) {
      if (file == null) {
        throw new IllegalStateException(
            "The program is incomplete: %s is missing.".formatted(SHIPPED));
      }
      return read(SHIPPED, file.readAllBytes());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /**
   * The one in a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or does not fit this version
   */
  public static QNetwork read(Path file) {
    try {
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException error) {
      throw new IllegalArgumentException("The weights %s cannot be read.".formatted(file), error);
    }
  }

  /**
   * Reads a file's content.
   *
   * @param what named in errors
   * @throws IllegalArgumentException if it does not go from this version's states to its actions
   */
  static QNetwork read(String what, byte[] bytes) {
    DenseNetwork network = DenseNetwork.read(what, bytes);
    List<Perceptron.Dense> layers = new ArrayList<>();
    for (DenseNetwork.Layer layer : network.layers()) {
      layers.add(
          new Perceptron.Dense(layer.inputs(), layer.outputs(), layer.kernel(), layer.bias()));
    }
    int inputs = layers.get(0).inputs();
    int outputs = layers.get(layers.size() - 1).outputs();
    if (inputs != FixedActions.STATE || outputs != FixedActions.COUNT) {
      throw new IllegalArgumentException(
          "%s goes from %d values to %d actions, and this version's from %d to %d. Train anew with ./cleave train dqn."
              .formatted(what, inputs, outputs, FixedActions.STATE, FixedActions.COUNT));
    }
    return new QNetwork(new Perceptron(layers), network.notes());
  }

  /** The action of most value among those that ever answer. */
  int best(Moment moment) {
    float[] worth = values.answers(FixedActions.state(moment));
    int best = 0;
    for (int action = 1; action < worth.length; action++) {
      boolean answers = moment.expected()[action] < Double.POSITIVE_INFINITY;
      best = answers && worth[action] > worth[best] ? action : best;
    }
    return best;
  }

  /** The file's content. */
  public byte[] bytes() {
    List<DenseNetwork.Layer> layers = new ArrayList<>();
    for (Perceptron.Dense layer : values.layers()) {
      layers.add(
          new DenseNetwork.Layer(layer.inputs(), layer.outputs(), layer.kernel(), layer.bias()));
    }
    return new DenseNetwork(layers, notes).bytes();
  }
}
