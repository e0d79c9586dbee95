package io.cleave.policies.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapMatchingTest {
  private static final int SITES = 2000;

  @Test
  void isStableAndNearTheOptimumAndNeverWorseThanItsBeginnings() {
    double sum = 0;
    double worst = 0;
    for (int seed = 0; seed < SITES; seed++) {
      SiteGame game = RandomSites.small(seed);
      Assignment found = new SwapMatching().match(game);
      double best = new ExactMatching().match(game).cost();
      double excess = found.cost() / best - 1;
      sum += excess;
      worst = Math.max(worst, excess);
      assertThat(Stability.blocking(found)).as("site %d", seed).isEmpty();
      assertThat(found.cost()).as("site %d", seed).isGreaterThan(best - 1e-9);
      for (Matcher other : List.of(Opponents.GREEDY.matcher(0), new DeferredAcceptance())) {
        assertThat(found.cost())
            .as("site %d", seed)
            .isLessThanOrEqualTo(other.match(game).cost() + 1e-9);
      }
    }
    System.out.printf(
        "swap matching on %d small sites: %.3f %% above the optimum on average, %.1f %% at worst%n",
        SITES, 100 * sum / SITES, 100 * worst);
    assertThat(sum / SITES).isLessThan(0.03);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void isStableAtLargerSites(int seed) {
    SiteGame game = RandomSites.site(new SplittableRandom(seed), 60, 6);
    assertThat(Stability.blocking(new SwapMatching().match(game))).isEmpty();
  }

  @Test
  void leavesAllAloneWhereNobodyCanHelp() {
    SiteGame game =
        new SiteGame(List.of(new Contender(1, 0, List.of(Bid.local(0.5)))), List.of(), List.of(1L));
    Assignment alone = new SwapMatching().match(game);
    assertThat(alone.hostOf(0)).isEqualTo(Bid.LOCAL);
    assertThat(alone.meanSeconds()).isEqualTo(0.5);
  }

  @Test
  void spreadsDevicesThatWouldAllGoToTheBestServer() {
    // Alone at the fast server a frame takes 0.1 s, at the slow one 0.12 s; four frames a second
    // each, so two at one server load it by 0.8 or more.
    List<Bid> bids = List.of(Bid.local(5), new Bid(0, 0, 0.1, 0), new Bid(1, 0, 0.12, 0));
    Contender device = new Contender(4, 0, bids);
    Host host = new Host(9, 9, 0.5);
    SiteGame game = new SiteGame(List.of(device, device), List.of(host, host), List.of(1L));
    Assignment greedy = Opponents.GREEDY.matcher(0).match(game);
    Assignment matched = new SwapMatching().match(game);
    assertThat(greedy.guests(0)).isEqualTo(2);
    assertThat(matched.guests(0)).isEqualTo(1);
    assertThat(matched.guests(1)).isEqualTo(1);
    // Load 0.8: wait 0.5 * 0.8 / 0.2 works = 0.2 s, so 0.3 s; loads 0.4 and 0.48: 0.133 and 0.175
    // s.
    assertThat(greedy.meanSeconds()).isCloseTo(0.3, offset(1e-9));
    assertThat(matched.seconds(0) + matched.seconds(1))
        .isCloseTo(0.1333333 + 0.1753846, offset(1e-6));
  }
}
