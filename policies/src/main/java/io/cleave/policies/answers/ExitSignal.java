package io.cleave.policies.answers;

/** What an exit's answer is judged by before a frame may leave there. */
public enum ExitSignal {
  /**
   * Entropy of the softmax in nats, in [0, ln C] for C classes: a frame leaves if it is below the
   * threshold, so smaller is stricter. Source: Teerapittayanon et al., "BranchyNet", ICPR 2016.
   */
  ENTROPY("an entropy", "smaller is stricter"),
  /**
   * Largest value of the softmax, in [1/C, 1] for C classes: a frame leaves if it is at least the
   * threshold, so larger is stricter.
   */
  CONFIDENCE("a confidence", "larger is stricter");

  private final String noun;
  private final String direction;

  ExitSignal(String noun, String direction) {
    this.noun = noun;
    this.direction = direction;
  }

  /** Least value that an answer over so many classes can have. */
  public double least(int classes) {
    return this == ENTROPY ? 0 : 1.0 / classes;
  }

  /** Greatest value that an answer over so many classes can have. */
  public double greatest(int classes) {
    return this == ENTROPY ? Math.log(classes) : 1;
  }

  /** True if a frame whose answer has this value leaves; never for NaN. */
  public boolean leaves(double value, double threshold) {
    return this == ENTROPY ? value < threshold : value >= threshold;
  }

  /** As a person reads it: which way is stricter. */
  public String direction() {
    return direction;
  }

  /** With its article, for messages. */
  String noun() {
    return noun;
  }
}
