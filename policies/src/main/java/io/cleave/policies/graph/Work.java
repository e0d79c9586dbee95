package io.cleave.policies.graph;

/**
 * What a layer costs, machine apart.
 *
 * @param multiplyAccumulates of convolutions and fully connected layers; 0 for others
 * @param parameters learned values (weights and biases)
 * @param parameterBytes memory those take
 * @param activationBytes read plus written activations
 */
public record Work(
    long multiplyAccumulates, long parameters, long parameterBytes, long activationBytes) {
  public static final Work NONE = new Work(0, 0, 0, 0);

  public Work {
    if (multiplyAccumulates < 0 || parameters < 0 || parameterBytes < 0 || activationBytes < 0) {
      throw new IllegalArgumentException("Work must not be negative.");
    }
  }
}
