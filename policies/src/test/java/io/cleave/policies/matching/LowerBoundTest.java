package io.cleave.policies.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LowerBoundTest {
  @Test
  void isBelowTheOptimumFromWhateverAssignmentItIsTaken() {
    for (int seed = 0; seed < 300; seed++) {
      SiteGame game = RandomSites.small(seed);
      double best = new ExactMatching().match(game).cost();
      assertThat(LowerBound.of(new SwapMatching().match(game))).isLessThan(best + 1e-9);
      assertThat(LowerBound.of(Opponents.GREEDY.matcher(0).match(game))).isLessThan(best + 1e-9);
      assertThat(LowerBound.of(Opponents.RANDOM.matcher(seed).match(game))).isLessThan(best + 1e-9);
    }
  }

  @Test
  void isCloseWhereManyShareFewAndQuotasDoNotBind() {
    SplittableRandom random = new SplittableRandom(3);
    double[] speed = {3, 10, 20, 20, 30};
    List<Contender> devices = new ArrayList<>();
    for (int device = 0; device < 1000; device++) {
      devices.add(RandomSites.contender(random, speed, 2, 0.1));
    }
    Host host = new Host(1000, 1000, 1);
    SiteGame game = new SiteGame(devices, Collections.nCopies(5, host), List.of(1L, 1L, 1L));
    Assignment matched = new SwapMatching().match(game);
    assertThat(LowerBound.of(matched)).isGreaterThan(0.99 * matched.cost());
  }
}
