package io.cleave.policies.answers;

/**
 * How sure an answer is.
 *
 * @param best the class with the largest probability; the first if several have it
 * @param confidence that probability; NaN if the answer has one
 * @param entropy of all probabilities in nats; NaN if the answer has one
 */
public record Softmax(int best, double confidence, double entropy) {
  /**
   * Of some numbers, one a class.
   *
   * @param logits that hold them
   * @param from where the first lies
   */
  public static Softmax of(float[] logits, int from, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (logits[from + i] > logits[from + best]) {
        best = i;
      }
    }
    // With p = e^z / s and z counted from the largest: -sum p ln p = ln s - (sum z e^z) / s.
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < classes; i++) {
      double z = (double) logits[from + i] - logits[from + best];
      double power = Math.exp(z);
      sum += power;
      weighted += power > 0 ? z * power : Double.isNaN(power) ? power : 0;
    }
    return new Softmax(best, 1 / sum, Math.max(0, Math.log(sum) - weighted / sum));
  }
}
