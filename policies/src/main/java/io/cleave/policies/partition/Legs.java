package io.cleave.policies.partition;

import java.util.BitSet;

/**
 * What each leg of a way between the device and one server takes. The sum over a plan's legs is
 * what the whole takes, the wait in the device's own queue apart, which is the same for every plan.
 */
sealed interface Legs permits InferenceLegs, TrainingLegs {
  /**
   * One block on the device: layers {@code from} (included) to {@code to} (excluded). An empty one
   * takes no more than its start.
   */
  Expense near(int from, int to);

  /** The same on the server, its queue included. */
  Expense far(int from, int to);

  /** One layer more in a run on the device. */
  Expense nearLayer(int layer);

  /** One layer more in a run on the server. */
  Expense farLayer(int layer);

  /** What the device sends. */
  Expense up(Freight freight);

  /** What the device receives. */
  Expense down(Freight freight);

  /** Answers that were made on the server, at the end. */
  Expense home(double bits);

  /** Tensors by which the loss has a slope that is needed; none if nobody learns. Not a copy. */
  BitSet sloped();
}
