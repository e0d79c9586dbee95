package io.cleave.policies.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FrontTest {
  @Test
  void keepsWhatNobodyBeats() {
    List<double[]> members =
        List.of(new double[] {2, 2}, new double[] {1, 3}, new double[] {3, 3}, new double[] {3, 1});
    assertThat(Front.of(members, costs -> costs))
        .containsExactly(members.get(1), members.get(0), members.get(3));
  }

  @Test
  void ofEqualOnesTheFirstIsKept() {
    List<String> names = List.of("one", "other");
    assertThat(Front.of(names, name -> new double[] {1, Double.POSITIVE_INFINITY}))
        .containsExactly("one");
    assertThat(Front.of(List.<String>of(), name -> new double[] {1})).isEmpty();
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> Front.of(List.of("a"), name -> new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a has costs [NaN]");
  }

  /** Small whole numbers, so that ties and equals are common. */
  @Test
  void agreesWithComparingAllPairs() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      int dimensions = 1 + random.nextInt(4);
      int range = 2 + random.nextInt(8);
      List<List<Integer>> members = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        members.add(
            Stream.generate(() -> random.nextInt(range)).limit(dimensions).map(n -> n).toList());
      }
      List<List<Integer>> expected =
          members.stream()
              .distinct()
              .filter(one -> members.stream().noneMatch(o -> !o.equals(one) && allAtMost(o, one)))
              .toList();
      assertThat(Front.of(members, FrontTest::costs))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected)
          .isSortedAccordingTo((a, b) -> Arrays.compare(costs(a), costs(b)));
    }
  }

  private static boolean allAtMost(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) > other.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static double[] costs(List<Integer> member) {
    return member.stream().mapToDouble(Integer::doubleValue).toArray();
  }
}
