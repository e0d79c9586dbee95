package io.cleave.policies.exits;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;

/**
 * Tells whether a series has changed its level, by the probability of each length that the current
 * run may have: every sample lengthens each run by one or ends it.
 *
 * <p>Source: Adams and MacKay, "Bayesian Online Changepoint Detection", arXiv 0710.3742, 2007,
 * algorithm 1, with normal samples of unknown mean and variance; the detector of Edgent (Li et al.,
 * TWC 2020, arXiv 1910.05316). Written from memory and held against the sum over all divisions of
 * short series.
 *
 * <p>Complexity: O(R) a sample, time and memory, for the R = {@value #RUNS} run lengths that are
 * kept.
 *
 * <p>Assumes: samples of a run are independent and normal; a change is as likely at any sample.
 *
 * <p>Differs: (1) all in logarithms, so that no long run underflows; (2) at most R run lengths are
 * kept. A sample adds one, so the least likely one is dropped, whose probability is then below 1/R,
 * and the others are weighed anew; (3) the paper leaves open when a change is announced. Here: when
 * the probability that the current run began after the last announcement exceeds {@value #SURE},
 * the empty run apart.
 */
public final class ChangePoints {
  /** Run lengths that are kept. */
  static final int RUNS = 200;

  /** Probability of a change from which on it is announced. */
  static final double SURE = 0.9;

  /**
   * What is believed of a run before any of its samples: mean and variance are
   * normal-inverse-gamma.
   *
   * @param mean expected
   * @param weight of it, in samples, above 0; small says that runs have very different means
   * @param shape above 0; half of how many samples the variance is worth
   * @param scale above 0; the variance expected is scale / (shape - 1)
   */
  public record Prior(double mean, double weight, double shape, double scale) {
    public Prior {
      if (!(weight > 0 && shape > 0 && scale > 0)
          || !Double.isFinite(mean + weight + shape + scale)) {
        throw new IllegalArgumentException(
            "A prior's mean must be finite, its weight, shape and scale finite and above 0, not %s, %s, %s and %s."
                .formatted(mean, weight, shape, scale));
      }
    }
  }

  private final Prior prior;
  private final double logChange; // log of the hazard, 1/expected run
  private final double logStay;
  private final int[] lengths = new int[RUNS + 1];
  private final double[] logs = new double[RUNS + 1]; // probability of each length, normalised
  private final double[] means = new double[RUNS + 1];
  private final double[] scales = new double[RUNS + 1];
  private int kept = 1;
  private int samples;
  private int announcedAt;

  /**
   * Before any sample.
   *
   * @param expectedRun samples between changes on average, above 1
   */
  public ChangePoints(Prior prior, double expectedRun) {
    if (!(expectedRun > 1) || Double.isInfinite(expectedRun)) {
      throw new IllegalArgumentException(
          "A run is expected to last finite and more than 1 samples, not %s."
              .formatted(expectedRun));
    }
    this.prior = prior;
    this.logChange = -Math.log(expectedRun);
    this.logStay = Math.log1p(-1 / expectedRun);
    means[0] = prior.mean();
    scales[0] = prior.scale();
  }

  /**
   * Takes a sample; true if a change is announced.
   *
   * @param x finite
   */
  public boolean add(double x) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("A sample must be finite, not %s.".formatted(x));
    }
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < kept; i++) {
      logs[i] += logPredictive(i, x);
      most = Math.max(most, logs[i]);
    }
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += Math.exp(logs[i] - most);
    }
    double evidence = most + Math.log(sum);
    for (int i = 0; i < kept; i++) {
      logs[i] += logStay - evidence;
      learn(i, x);
    }
    begin();
    samples++;
    return announces();
  }

  /** Samples since the most likely beginning of the current run; at least 1 behind the first. */
  public int runLength() {
    return lengths[likeliest()];
  }

  /** Level of the current run: the mean of its samples and of the prior at its weight. */
  public double level() {
    return means[likeliest()];
  }

  /** Probability that the current run has so many samples; 0 if that length is not kept. */
  double probability(int length) {
    for (int i = 0; i < kept; i++) {
      if (lengths[i] == length) {
        return Math.exp(logs[i]);
      }
    }
    return 0;
  }

  private boolean announces() {
    double since = 0;
    double any = 0;
    for (int i = 0; i < kept; i++) {
      double probability = lengths[i] == 0 ? 0 : Math.exp(logs[i]);
      any += probability;
      since += samples - lengths[i] > announcedAt ? probability : 0;
    }
    boolean announces = since > SURE * any;
    if (announces) {
      announcedAt = samples;
    }
    return announces;
  }

  /** Of runs with a sample; that the next one opens a new run has the same probability always. */
  private int likeliest() {
    int best = 0;
    for (int i = 1; i < kept; i++) {
      if (lengths[best] == 0 || (lengths[i] > 0 && logs[i] > logs[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Student's t with 2 shape degrees of freedom: the mean and the variance integrated out. */
  private double logPredictive(int i, double x) {
    double weight = prior.weight() + lengths[i];
    double shape = prior.shape() + lengths[i] / 2.0;
    double spread = 2 * scales[i] * (weight + 1) / weight; // degrees of freedom x scale^2
    double distance = x - means[i];
    return Gamma.logGamma(shape + 0.5)
        - Gamma.logGamma(shape)
        - 0.5 * Math.log(Math.PI * spread)
        - (shape + 0.5) * Math.log1p(distance * distance / spread);
  }

  private void learn(int i, double x) {
    double weight = prior.weight() + lengths[i];
    double distance = x - means[i];
    scales[i] += weight * distance * distance / (2 * (weight + 1));
    means[i] += distance / (weight + 1);
    lengths[i]++;
  }

  /** The run may have ended with this sample; if that is one too many, the least likely goes. */
  private void begin() {
    lengths[kept] = 0;
    logs[kept] = logChange;
    means[kept] = prior.mean();
    scales[kept] = prior.scale();
    kept++;
    if (kept > RUNS) {
      drop(least());
      double sum = Arrays.stream(logs, 0, kept).map(Math::exp).sum();
      for (int i = 0; i < kept; i++) {
        logs[i] -= Math.log(sum);
      }
    }
  }

  private int least() {
    int least = 0;
    for (int i = 1; i < kept; i++) {
      least = logs[i] < logs[least] ? i : least;
    }
    return least;
  }

  private void drop(int i) {
    kept--;
    lengths[i] = lengths[kept];
    logs[i] = logs[kept];
    means[i] = means[kept];
    scales[i] = scales[kept];
  }
}
