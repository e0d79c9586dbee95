package io.cleave.policies.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactMatchingTest {
  @Test
  void equalsTryingEveryAssignment() {
    for (int seed = 0; seed < 300; seed++) {
      SiteGame game = RandomSites.site(new SplittableRandom(seed), 1 + seed % 4, 2);
      Assignment tried = new Assignment(game);
      double least = least(tried, 0);
      assertThat(new ExactMatching().match(game).cost())
          .as("site %d", seed)
          .isCloseTo(least, offset(1e-9));
    }
  }

  private static double least(Assignment tried, int device) {
    SiteGame game = tried.game();
    if (device == game.devices()) {
      return tried.cost();
    }
    double least = Double.POSITIVE_INFINITY;
    for (int bid = 0; bid < game.offers(device).size(); bid++) {
      if (tried.open(device, game.offers(device).host[bid])) {
        tried.take(device, bid);
        least = Math.min(least, least(tried, device + 1));
        tried.take(device, 0);
      }
    }
    return least;
  }
}
