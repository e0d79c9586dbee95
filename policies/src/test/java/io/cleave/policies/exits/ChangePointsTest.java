package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointsTest {
  private static final ChangePoints.Prior PRIOR = Regime.PRIOR;
  private static final double RUN = 300;
  private static final int SECONDS = 1200;
  private static final int SEEDS = 40;
  private static final int FIRST_SEED = 1000; // 0 to 39 served to choose 0.9 and the run of 300
  private static final int TOLERANCE = 10; // samples within which a change must be announced

  /** All 2^n ways to divide a short series, each by the closed form of its runs' likelihoods. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void equalsTheSumOverAllDivisions(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(11);
    double run = 2 + 50 * random.nextDouble();
    double[] series = new double[n];
    for (int i = 0; i < n; i++) {
      series[i] = PRIOR.mean() + 2 * random.nextGaussian() * (random.nextBoolean() ? 1 : 0.1);
    }
    ChangePoints changes = new ChangePoints(PRIOR, run);
    for (double x : series) {
      changes.add(x);
    }
    double[] direct = direct(series, run);
    for (int length = 0; length <= n; length++) {
      assertThat(changes.probability(length))
          .as("seed %d, length %d of %d", seed, length, n)
          .isCloseTo(direct[length], within(1e-9));
    }
  }

  /** Levels of a cellular link, twice as high or low at least; 30 samples a level at least. */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.3})
  void findsTheChangesOfALink(double deviation) {
    int changes = 0;
    int announced = 0;
    int found = 0;
    double delay = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Random random = new Random(seed);
      List<Integer> truth = new ArrayList<>();
      List<Integer> said = announced(levels(random, truth, deviation));
      changes += truth.size();
      announced += said.size();
      for (int change : truth) {
        int hit = said.stream().filter(s -> s >= change).findFirst().orElse(Integer.MAX_VALUE);
        if (hit - change < TOLERANCE) {
          found++;
          delay += hit - change;
        }
      }
    }
    double precision = (double) found / announced;
    double recall = (double) found / changes;
    System.out.printf(
        "deviation %.1f: %d changes, %d announced, precision %.3f, recall %.3f, mean delay %.2f samples%n",
        deviation, changes, announced, precision, recall, delay / found);
    assertThat(precision).isGreaterThan(0.97);
    assertThat(recall).isGreaterThan(0.97);
  }

  @Test
  void seldomCriesWolf() {
    int announced = 0;
    int most = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Random random = new Random(seed);
      double[] series = new double[SECONDS];
      for (int i = 0; i < SECONDS; i++) {
        series[i] = Math.log(3e6) + 0.3 * random.nextGaussian();
      }
      List<Integer> said = announced(series);
      announced += said.size();
      most = Math.max(most, said.size());
      assertThat(said).as("seed %d", seed).hasSizeLessThanOrEqualTo(SECONDS / 300);
    }
    System.out.printf(
        "no change in %d x %d s: %d announced, at most %d in one series%n",
        SEEDS, SECONDS, announced, most);
  }

  /** A hundred times as many samples as run lengths are kept. */
  @Test
  void dropsOnlyWhatIsUnlikely() {
    Random random = new Random(7);
    ChangePoints changes = new ChangePoints(PRIOR, RUN);
    for (int i = 0; i < 100 * ChangePoints.RUNS; i++) {
      changes.add(Math.log(3e6) + 0.3 * random.nextGaussian());
    }
    assertThat(changes.level()).isCloseTo(Math.log(3e6), within(0.1));
    double sum = 0;
    for (int length = 0; length <= 100 * ChangePoints.RUNS; length++) {
      sum += changes.probability(length);
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Test
  void isQuietAboutASeriesThatStandsStill() {
    ChangePoints changes = new ChangePoints(PRIOR, RUN);
    for (int i = 0; i < 1000; i++) {
      assertThat(changes.add(12)).isFalse();
    }
    assertThat(changes.runLength()).isEqualTo(1000);
    assertThat(changes.level()).isCloseTo(12, within(1e-3));
  }

  @Test
  void refusesWhatIsNoNumber() {
    ChangePoints changes = new ChangePoints(PRIOR, RUN);
    assertThatThrownBy(() -> changes.add(Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be finite");
    assertThatThrownBy(() -> new ChangePoints(PRIOR, 1)).hasMessageContaining("more than 1");
    assertThatThrownBy(() -> new ChangePoints.Prior(0, 0, 1, 1)).hasMessageContaining("above 0");
  }

  private static List<Integer> announced(double[] series) {
    ChangePoints changes = new ChangePoints(PRIOR, RUN);
    List<Integer> said = new ArrayList<>();
    for (int i = 0; i < series.length; i++) {
      if (changes.add(series[i])) {
        said.add(i);
      }
    }
    return said;
  }

  private static double[] levels(Random random, List<Integer> changes, double deviation) {
    double[] mbps = {0.5, 1, 2, 4, 8, 16};
    double[] series = new double[SECONDS];
    int level = random.nextInt(mbps.length);
    int next = 30 + random.nextInt(90);
    for (int i = 0; i < SECONDS; i++) {
      if (i == next) {
        changes.add(i);
        level = (level + 1 + random.nextInt(mbps.length - 1)) % mbps.length;
        next = i + 30 + random.nextInt(90);
      }
      series[i] = Math.log(1e6 * mbps[level]) + deviation * random.nextGaussian();
    }
    return series;
  }

  /** Posterior of the run length behind the last sample; bit t says that a run ended with t. */
  private static double[] direct(double[] series, double run) {
    int n = series.length;
    double[] weights = new double[n + 1];
    for (int ends = 0; ends < 1 << n; ends++) {
      double probability = 1;
      int from = 0;
      for (int t = 0; t < n; t++) {
        boolean end = (ends >> t & 1) == 1;
        probability *= end ? 1 / run : 1 - 1 / run;
        if (end) {
          probability *= likelihood(series, from, t + 1);
          from = t + 1;
        }
      }
      weights[n - from] += probability * likelihood(series, from, n);
    }
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int length = 0; length <= n; length++) {
      weights[length] /= sum;
    }
    return weights;
  }

  /** Of a run's samples together, by the conjugate prior's normalising constants. */
  private static double likelihood(double[] series, int from, int to) {
    int n = to - from;
    if (n == 0) {
      return 1;
    }
    double mean = 0;
    for (int i = from; i < to; i++) {
      mean += series[i] / n;
    }
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (series[i] - mean) * (series[i] - mean);
    }
    double weight = PRIOR.weight() + n;
    double shape = PRIOR.shape() + n / 2.0;
    double off = mean - PRIOR.mean();
    double scale = PRIOR.scale() + squares / 2 + PRIOR.weight() * n * off * off / (2 * weight);
    return Math.exp(
        Gamma.logGamma(shape)
            - Gamma.logGamma(PRIOR.shape())
            + PRIOR.shape() * Math.log(PRIOR.scale())
            - shape * Math.log(scale)
            + 0.5 * Math.log(PRIOR.weight() / weight)
            - n / 2.0 * Math.log(2 * Math.PI));
  }
}
