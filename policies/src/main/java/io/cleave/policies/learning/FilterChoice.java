package io.cleave.policies.learning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which filters go: of all convolutions together those that are worth least, once each
 * convolution's scores are divided by the square root of their mean square. Source: Molchanov et
 * al., ICLR 2017, who normalise layer by layer (as remembered).
 *
 * <p>Complexity: O(F log F) for F filters.
 *
 * <p>Differs: a convolution keeps a share of its filters, since the rank of filters of different
 * convolutions is a guess; ties go to the earlier convolution, then to the lower number.
 */
public final class FilterChoice {
  private FilterChoice() {}

  /**
   * How many filters a convolution has, and how many it must keep.
   *
   * @param scores of those that are left, at least 0
   * @param least that stay, 1 to all
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Candidates(double[] scores, int least) {
    public Candidates {
      if (least < 1 || least > scores.length) {
        throw new IllegalArgumentException(
            "Of %d filters 1 to %d stay, not %d.".formatted(scores.length, scores.length, least));
      }
      for (double score : scores) {
        if (!(score >= 0) || score == Double.POSITIVE_INFINITY) {
          throw new IllegalArgumentException(
              "A filter is worth a number of at least 0, not %s. Maybe the network's answers are no numbers."
                  .formatted(score));
        }
      }
    }
  }

  private record Filter(String layer, int number, double worth) {}

  /**
   * Chooses.
   *
   * @param candidates by convolution
   * @param count that go; as many as may, if that is fewer
   * @return filters by number, for each convolution that loses any
   */
  public static Map<String, BitSet> worthLeast(Map<String, Candidates> candidates, int count) {
    List<Filter> filters = new ArrayList<>();
    Map<String, Integer> free = new LinkedHashMap<>();
    candidates.forEach(
        (layer, each) -> {
          double unit = unit(each.scores());
          for (int i = 0; i < each.scores().length; i++) {
            filters.add(new Filter(layer, i, each.scores()[i] / unit));
          }
          free.put(layer, each.scores().length - each.least());
        });
    filters.sort(Comparator.comparingDouble(Filter::worth)); // stable
    Map<String, BitSet> gone = new LinkedHashMap<>();
    int left = count;
    for (Filter filter : filters) {
      if (left > 0 && free.getOrDefault(filter.layer(), 0) > 0) {
        gone.computeIfAbsent(filter.layer(), key -> new BitSet()).set(filter.number());
        free.merge(filter.layer(), -1, Integer::sum);
        left--;
      }
    }
    return gone;
  }

  /** 1 for a convolution whose filters are all worth nothing. */
  private static double unit(double[] scores) {
    double squares = 0;
    for (double score : scores) {
      squares += score * score;
    }
    return squares == 0 ? 1 : Math.sqrt(squares / scores.length);
  }
}
