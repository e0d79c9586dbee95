package io.cleave.policies.learning;

import io.cleave.policies.spelling.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Features that a policy is to do without, so that one sees what they are worth: it is shown 0 for
 * them while it learns, and what it has learned ignores them.
 */
public final class Blindfold {
  private final List<Integer> places = new ArrayList<>(); // among a way's features

  /**
   * @param features names as in docs/methods/learned.md; none is allowed
   * @throws IllegalArgumentException if there is none of a name; says the nearest
   */
  public Blindfold(List<String> features) {
    List<String> known = Features.schema();
    for (String feature : features) {
      if (!known.contains(feature)) {
        throw new IllegalArgumentException(
            "There is no feature %s to learn without. Maybe %s was meant; there are %s."
                .formatted(feature, Nearest.of(feature, known), String.join(", ", known)));
      }
      places.add(known.indexOf(feature));
    }
  }

  /** The same world, seen without them. */
  public Environment over(Environment world) {
    return new Veiled(world, this::without);
  }

  /** The same policy, ignoring them. */
  public TrainedPolicy over(TrainedPolicy policy) {
    List<Perceptron.Dense> layers = new ArrayList<>(policy.scorer().layers());
    Perceptron.Dense first = layers.get(0);
    float[] kernel = first.kernel().clone();
    for (int place : places) {
      Arrays.fill(kernel, place * first.outputs(), (place + 1) * first.outputs(), 0f);
    }
    layers.set(0, new Perceptron.Dense(first.inputs(), first.outputs(), kernel, first.bias()));
    return new TrainedPolicy(new Perceptron(layers), policy.notes());
  }

  private Moment without(Moment moment) {
    float[] features = moment.features().clone();
    for (int way = 0; way < moment.ways(); way++) {
      for (int place : places) {
        features[way * Moment.WIDTH + place] = 0;
      }
    }
    return new Moment(features, moment.expected());
  }
}
