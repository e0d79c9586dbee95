package io.cleave.policies.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StabilityTest {
  private static final Host ONE_GUEST = new Host(1, 9, 1);

  @Test
  void seesTwoThatWouldChangePlaces() {
    // Each is far from its own server and near the other's; both servers are full.
    SiteGame game = crossed(1L);
    Assignment crossed = new Assignment(game);
    crossed.take(0, 2);
    crossed.take(1, 1);
    assertThat(Stability.blocking(crossed))
        .hasValueSatisfying(pair -> assertThat(pair.other()).isPresent());
    Assignment matched = new SwapMatching().match(game);
    assertThat(matched.hostOf(0)).isEqualTo(0);
    assertThat(Stability.blocking(matched)).isEmpty();
  }

  private static SiteGame crossed(long modelBytes) {
    Contender near =
        new Contender(1, 0, List.of(Bid.local(9), new Bid(0, 0.1, 0.1, 0), new Bid(1, 1, 0.1, 0)));
    Contender far =
        new Contender(1, 0, List.of(Bid.local(9), new Bid(0, 1, 0.1, 0), new Bid(1, 0.1, 0.1, 0)));
    return new SiteGame(List.of(near, far), List.of(ONE_GUEST, ONE_GUEST), List.of(modelBytes));
  }

  @Test
  void seesOneThatWouldTakeAnOpenSlot() {
    SiteGame game = crossed(1L);
    assertThat(Stability.blocking(new Assignment(game), 1))
        .hasValueSatisfying(
            pair -> {
              assertThat(pair.device()).isEqualTo(1);
              assertThat(pair.other()).isEmpty();
            });
  }

  @Test
  void doesNotOfferSlotsWhoseMemoryIsTooSmall() {
    SiteGame game = crossed(10L);
    assertThat(Stability.blocking(new Assignment(game))).isEmpty();
    assertThat(new SwapMatching().match(game).hostOf(0)).isEqualTo(Bid.LOCAL);
  }

  @Test
  void countsThirdPartiesThatWouldBeHurt() {
    // The second device gains a little by joining the first, which would lose far more.
    Contender first = new Contender(8, 0, List.of(Bid.local(9), new Bid(0, 0, 0.1, 0)));
    Contender second = new Contender(1, 0, List.of(Bid.local(0.7), new Bid(0, 0, 0.1, 0)));
    SiteGame game = new SiteGame(List.of(first, second), List.of(new Host(2, 9, 1)), List.of(1L));
    Assignment apart = new Assignment(game);
    apart.take(0, 1);
    assertThat(Stability.blocking(apart)).isEmpty();
    double before = apart.cost(1);
    double all = apart.cost();
    apart.take(1, 1);
    assertThat(apart.cost(1)).isLessThan(before + 0.4); // 1.0 s instead of 0.7 s at a load of 0.9
    assertThat(apart.cost()).isGreaterThan(all);
  }

  @Test
  void looksAtWaysOfOnesOwnPlaceToo() {
    Contender device =
        new Contender(1, 0, List.of(Bid.local(9), new Bid(0, 1, 0.1, 0), new Bid(0, 0.5, 0.1, 0)));
    SiteGame game = new SiteGame(List.of(device), List.of(ONE_GUEST), List.of(1L));
    Assignment slow = new Assignment(game);
    slow.take(0, 1);
    assertThat(Stability.blocking(slow)).isPresent();
  }
}
