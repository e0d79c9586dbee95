package io.cleave.policies.learning;

import java.nio.file.Path;
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
    return of(WeightsFile.shipped(SHIPPED));
  }

  /**
   * The one in a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or does not go from this version's
   *     states to its actions
   */
  public static QNetwork read(Path file) {
    return of(WeightsFile.read(file));
  }

  static QNetwork of(WeightsFile file) {
    List<Perceptron.Dense> layers = file.network().layers();
    int inputs = layers.get(0).inputs();
    int outputs = layers.get(layers.size() - 1).outputs();
    if (inputs != FixedActions.STATE || outputs != FixedActions.COUNT) {
      throw new IllegalArgumentException(
          "%s goes from %d values to %d actions, and this version's from %d to %d. Train anew with ./cleave train dqn."
              .formatted(file.what(), inputs, outputs, FixedActions.STATE, FixedActions.COUNT));
    }
    return new QNetwork(file.network(), file.notes());
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
    return WeightsFile.bytes(values, notes);
  }
}
