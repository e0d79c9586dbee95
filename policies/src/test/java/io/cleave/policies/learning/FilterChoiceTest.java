package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.learning.FilterChoice.Candidates;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FilterChoiceTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  /** No other choice of as many filters, of all there are, is worth less. */
  @ParameterizedTest
  @MethodSource("seeds")
  void losesAsLittleAsAnyChoice(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Candidates> candidates = new LinkedHashMap<>();
    for (int layer = 0; layer < 3; layer++) {
      double[] scores = random.doubles(random.nextInt(1, 5)).toArray();
      candidates.put("conv" + layer, new Candidates(scores, random.nextInt(1, scores.length + 1)));
    }
    int count = random.nextInt(0, 8);
    Map<String, BitSet> gone = FilterChoice.worthLeast(candidates, count);
    int free = candidates.values().stream().mapToInt(c -> c.scores().length - c.least()).sum();
    int went = gone.values().stream().mapToInt(BitSet::cardinality).sum();
    assertThat(went).isEqualTo(Math.min(count, free));
    assertThat(worth(candidates, gone)).isCloseTo(least(candidates, went), within(1e-9));
  }

  private static double worth(Map<String, Candidates> candidates, Map<String, BitSet> gone) {
    double[] sum = {0};
    candidates.forEach(
        (layer, each) -> {
          BitSet some = gone.getOrDefault(layer, new BitSet());
          assertThat(each.scores().length - some.cardinality())
              .isGreaterThanOrEqualTo(each.least());
          double squares = 0;
          for (double score : each.scores()) {
            squares += score * score;
          }
          double unit = Math.sqrt(squares / each.scores().length);
          some.stream().forEach(filter -> sum[0] += each.scores()[filter] / unit);
        });
    return sum[0];
  }

  /** Tries all sets of filters. */
  private static double least(Map<String, Candidates> candidates, int count) {
    int all = candidates.values().stream().mapToInt(each -> each.scores().length).sum();
    double least = Double.POSITIVE_INFINITY;
    for (long set = 0; set < 1L << all; set++) {
      if (Long.bitCount(set) == count) {
        Map<String, BitSet> gone = new LinkedHashMap<>();
        int at = 0;
        boolean enough = true;
        for (Map.Entry<String, Candidates> each : candidates.entrySet()) {
          BitSet some = new BitSet();
          for (int filter = 0; filter < each.getValue().scores().length; filter++, at++) {
            some.set(filter, (set >> at & 1) == 1);
          }
          gone.put(each.getKey(), some);
          int left = each.getValue().scores().length - some.cardinality();
          enough &= left >= each.getValue().least();
        }
        least = enough ? Math.min(least, worth(candidates, gone)) : least;
      }
    }
    return least;
  }

  @Test
  void breaksTiesByOrder() {
    Map<String, Candidates> candidates = new LinkedHashMap<>();
    candidates.put("first", new Candidates(new double[] {0, 0, 0}, 1));
    candidates.put("second", new Candidates(new double[] {0, 1}, 1));
    BitSet two = new BitSet();
    two.set(0, 2);
    BitSet one = new BitSet();
    one.set(0);
    assertThat(FilterChoice.worthLeast(candidates, 3))
        .isEqualTo(Map.of("first", two, "second", one));
    assertThat(FilterChoice.worthLeast(candidates, 0)).isEmpty();
  }

  @Test
  void refusesWhatIsNoScore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candidates(new double[] {1, Double.NaN}, 1))
        .withMessageContaining("at least 0, not NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candidates(new double[] {1, 2}, 3))
        .withMessageContaining("Of 2 filters 1 to 2 stay, not 3");
  }
}
