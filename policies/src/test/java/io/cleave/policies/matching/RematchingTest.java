package io.cleave.policies.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RematchingTest {
  private static final double[] SPEED = {3, 10, 20};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void staysStableWhileDevicesBidOtherwise(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SiteGame game = RandomSites.site(random, 25, 3);
    Rematching kept = new Rematching(new SwapMatching().match(game));
    for (int change = 0; change < 40; change++) {
      int device = random.nextInt(game.devices());
      Contender other = RandomSites.contender(random, SPEED, 2, 1);
      int host = kept.assignment().hostOf(device);
      int model = game.offers(device).model; // its memory there stays what it is
      Contender same = new Contender(other.framesPerSecond(), model, other.bids());
      kept.rebid(device, same, host == Bid.LOCAL ? 0 : 1 + 2 * host);
      double before = kept.assignment().cost();
      kept.improve(() -> true);
      assertThat(kept.assignment().cost()).isLessThanOrEqualTo(before + 1e-9);
      assertThat(Stability.blocking(kept.assignment())).as("change %d", change).isEmpty();
    }
  }

  @Test
  void whoIsAloneAndBidsOtherwiseMayGetAnothersPlace() {
    List<Host> hosts = Collections.nCopies(8, new Host(1, 100, 1)); // of which one is wanted
    Contender guest = new Contender(1, 0, List.of(Bid.local(0.3), new Bid(0, 0.1, 0.1, 0)));
    Contender modest = new Contender(1, 0, List.of(Bid.local(0.3), new Bid(0, 2, 0.1, 0)));
    Contender needy = new Contender(1, 0, List.of(Bid.local(3), new Bid(0, 0.1, 0.1, 0)));
    Rematching kept =
        new Rematching(new Assignment(new SiteGame(List.of(guest, modest), hosts, List.of(10L))));
    kept.improve(() -> true);
    assertThat(kept.assignment().hostOf(0)).isZero();
    kept.rebid(1, needy, 0);
    kept.improve(() -> true);
    assertThat(kept.assignment().hostOf(0)).isEqualTo(Bid.LOCAL);
    assertThat(kept.assignment().hostOf(1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void goesOnWhereItWasCutShort(int seed) {
    SiteGame game = RandomSites.site(new SplittableRandom(seed), 25, 3);
    Rematching kept = new Rematching(Opponents.RANDOM.matcher(seed).match(game));
    double cost = kept.assignment().cost();
    for (int slice = 0; slice < 3; slice++) {
      int[] left = {30};
      kept.improve(() -> left[0]-- > 0);
      assertThat(kept.assignment().cost()).isLessThanOrEqualTo(cost + 1e-9);
      cost = kept.assignment().cost();
    }
    kept.improve(() -> true);
    assertThat(Stability.blocking(kept.assignment())).isEmpty();
  }
}
