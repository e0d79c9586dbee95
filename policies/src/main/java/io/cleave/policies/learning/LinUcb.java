package io.cleave.policies.learning;

import java.util.SplittableRandom;

/**
 * Guesses the seconds of an arm as a linear function of its features, learns it from what arms
 * really took, and is the more hopeful the less it knows.
 *
 * <p>Source: Li et al., "A contextual-bandit approach to personalized news article recommendation",
 * WWW 2010 (LinUCB), here for costs instead of rewards. Complexity: O(features squared) for a guess
 * and for what is learned (Sherman and Morrison). Owned by one thread.
 */
final class LinUcb {
  private final double[][] inverse; // of A
  private final double[] theta;
  private final double[] sums; // b

  /**
   * @param features of each arm
   * @param random draws how sure it pretends to be of knowing nothing: A begins diagonal, 1 to 8
   */
  LinUcb(int features, SplittableRandom random) {
    this.inverse = new double[features][features];
    this.theta = new double[features];
    this.sums = new double[features];
    for (int i = 0; i < features; i++) {
      inverse[i][i] = 1 / random.nextDouble(1, 8);
    }
  }

  /** Seconds that the arm is expected to take. */
  double expected(double[] arm) {
    return dot(theta, arm);
  }

  /** How little is known of the arm: the standard deviation but for a factor. */
  double doubt(double[] arm) {
    return Math.sqrt(dot(times(arm), arm));
  }

  /** The arm took so long. */
  void learn(double[] arm, double seconds) {
    double[] moved = times(arm);
    double scale = 1 + dot(moved, arm);
    for (int i = 0; i < arm.length; i++) {
      for (int j = 0; j < arm.length; j++) {
        inverse[i][j] -= moved[i] * moved[j] / scale;
      }
      sums[i] += seconds * arm[i];
    }
    System.arraycopy(times(sums), 0, theta, 0, theta.length);
  }

  private double[] times(double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = dot(inverse[i], vector);
    }
    return product;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
