package io.cleave.policies.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a frame, or a training step, may take at most; infinite where there is no limit.
 *
 * @param joules of the device's battery, above 0
 * @param serverSeconds of server compute, above 0
 * @param deadlineSeconds until the answer, above 0
 */
public record Limits(double joules, double serverSeconds, double deadlineSeconds) {
  public static final Limits NONE =
      new Limits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final double KEPT = 1e-9; // relative; what rounding may do to a sum

  public Limits {
    if (!(joules > 0 && serverSeconds > 0 && deadlineSeconds > 0)) {
      throw new IllegalArgumentException(
          "Limits must be above 0, not %s J, %s server seconds and %s s. Maybe none was meant, which is infinite."
              .formatted(joules, serverSeconds, deadlineSeconds));
    }
  }

  /** The greatest share by which a limit is exceeded; 0 if all are kept. */
  public double excess(Expense expense) {
    double most =
        Math.max(
            over(expense.seconds(), deadlineSeconds),
            Math.max(over(expense.joules(), joules), over(expense.serverSeconds(), serverSeconds)));
    return most <= KEPT ? 0 : most;
  }

  static final int FIGURES = 3;

  /** How many there are. */
  int count() {
    int count = 0;
    for (double weight : evenly()) {
      count += weight > 0 ? 1 : 0;
    }
    return count;
  }

  /** By what share each is exceeded, below 0 if it is kept; 0 where there is none. */
  double[] over(Expense expense) {
    return new double[] {
      over(expense.seconds(), deadlineSeconds),
      over(expense.joules(), joules),
      over(expense.serverSeconds(), serverSeconds)
    };
  }

  /** Weights of a sum of shares of the limits, as {@link #over} orders them. */
  Expense shares(double[] weights) {
    return new Expense(
        weights[0] / deadlineSeconds, weights[1] / joules, weights[2] / serverSeconds);
  }

  /** The same weight for each limit, 0 where there is none; 1 in all unless there is none. */
  double[] evenly() {
    double[] weights = new double[FIGURES];
    double[] limits = {deadlineSeconds, joules, serverSeconds};
    int count = 0;
    for (double limit : limits) {
      count += limit < Double.POSITIVE_INFINITY ? 1 : 0;
    }
    for (int i = 0; i < FIGURES; i++) {
      weights[i] = limits[i] < Double.POSITIVE_INFINITY ? 1.0 / count : 0;
    }
    return weights;
  }

  /** What is exceeded, with figures, for people; empty if all are kept. */
  public List<String> broken(Expense expense) {
    List<String> broken = new ArrayList<>();
    tell(broken, "%.4g J of %.4g", expense.joules(), joules);
    tell(broken, "%.4g server seconds of %.4g", expense.serverSeconds(), serverSeconds);
    tell(broken, "%.4g s of %.4g", expense.seconds(), deadlineSeconds);
    return broken;
  }

  /** True if the first takes no more than the second of anything that is limited. */
  boolean covers(Expense one, Expense other) {
    return covers(one.seconds(), other.seconds(), deadlineSeconds)
        && covers(one.joules(), other.joules(), joules)
        && covers(one.serverSeconds(), other.serverSeconds(), serverSeconds);
  }

  private static boolean covers(double one, double other, double limit) {
    return limit == Double.POSITIVE_INFINITY || one <= other;
  }

  private static double over(double taken, double limit) {
    return limit == Double.POSITIVE_INFINITY ? 0 : taken / limit - 1;
  }

  private static void tell(List<String> broken, String words, double taken, double limit) {
    if (over(taken, limit) > KEPT) {
      broken.add(String.format(Locale.ROOT, words, taken, limit));
    }
  }
}
