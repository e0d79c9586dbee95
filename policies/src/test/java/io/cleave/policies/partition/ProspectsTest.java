package io.cleave.policies.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProspectsTest {
  /** Whoever is taken to be likely, the first of the cheapest ways is found. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void findsTheCheapestOfAllWays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Observation seen = RandomProblems.dag(seed, 9);
    double price = random.nextInt(3) * random.nextDouble(1);
    seen = seen.with(new Demand(random.nextDouble(0.1, 20), 10, price, random.nextInt(3) / 2.0));
    HedgedTable.Settings settings =
        HedgedTable.Settings.STANDARD.with(List.of(Codec.FP32, Codec.FP16), 1);
    Prospects prospects =
        new Prospects(seen, 1, settings, Prospects.Delays.BEST, new ExactTables());
    for (double x = 1e-11; x < 1e-2; x *= 7) {
      List<Prospect> all = prospects.at(x);
      Prospect best = all.get(0);
      for (Prospect way : all) {
        best = way.cost() < best.cost() ? way : best;
      }
      for (Prospect likely : all) {
        assertThat(prospects.best(x, likely)).as("%s s/bit, seed %d", x, seed).isEqualTo(best);
      }
    }
  }
}
