package io.cleave.testbed.bench;

import io.cleave.policies.matching.Assignment;
import io.cleave.policies.matching.Bid;
import io.cleave.policies.matching.Contender;
import io.cleave.policies.matching.DeferredAcceptance;
import io.cleave.policies.matching.LowerBound;
import io.cleave.policies.matching.Matcher;
import io.cleave.policies.matching.Opponents;
import io.cleave.policies.matching.Rematching;
import io.cleave.policies.matching.SiteGame;
import io.cleave.policies.matching.SwapMatching;
import java.util.SplittableRandom;

/** How long a site's assignment takes, from nothing and after one report, and how good it is. */
public final class MatchingBench {
  private static final double WARM_SECONDS = 3;
  private static final int LEAST_LAPS = 5;
  private static final int CHANGES = 400;

  private MatchingBench() {}

  /**
   * What was measured on one site.
   *
   * @param scratch seconds of swap matching from nothing
   * @param change seconds after one device's report
   * @param deferred seconds of deferred acceptance
   * @param greedy seconds of each its best
   * @param quality of the results
   */
  public record Result(
      int devices,
      int servers,
      Spread scratch,
      Spread change,
      Spread deferred,
      Spread greedy,
      Quality quality) {}

  /**
   * Mean latency of all frames in seconds.
   *
   * @param bound that no assignment can be below
   */
  public record Quality(double matched, double deferred, double greedy, double bound) {}

  /** Measures on one core. */
  public static Result measure(int devices, int servers, long seed) {
    MatchingSite site = new MatchingSite(devices, servers, seed);
    SiteGame game = site.game(devices);
    Spread scratch = laps(new SwapMatching(), game);
    Spread deferred = laps(new DeferredAcceptance(), game);
    Spread greedy = laps(Opponents.GREEDY.matcher(0), game);
    Assignment matched = new SwapMatching().match(game);
    double perCost = matched.meanSeconds() / matched.cost();
    Quality quality =
        new Quality(
            matched.meanSeconds(),
            new DeferredAcceptance().match(game).meanSeconds(),
            Opponents.GREEDY.matcher(0).match(game).meanSeconds(),
            LowerBound.of(matched) * perCost);
    Spread change = changes(new Rematching(matched), site, seed);
    return new Result(devices, servers, scratch, change, deferred, greedy, quality);
  }

  private static Spread laps(Matcher matcher, SiteGame game) {
    Spread spread = new Spread();
    long begin = System.nanoTime();
    long warm = begin + (long) (WARM_SECONDS * 1e9);
    long end = warm + (long) (WARM_SECONDS * 1e9);
    while (spread.count() < LEAST_LAPS || System.nanoTime() < end) {
      long start = System.nanoTime();
      matcher.match(game);
      long took = System.nanoTime() - start;
      if (start >= warm) {
        spread.add(took * 1e-9);
      }
    }
    return spread;
  }

  /** Half of the changes warm up. */
  private static Spread changes(Rematching kept, MatchingSite site, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Spread spread = new Spread();
    for (int change = 0; change < 2 * CHANGES; change++) {
      int device = random.nextInt(kept.assignment().devices());
      Contender other = site.camera(kept.assignment().model(device));
      int host = kept.assignment().hostOf(device);
      long start = System.nanoTime();
      kept.rebid(device, other, host == Bid.LOCAL ? 0 : 1 + 2 * host);
      kept.improve(() -> true);
      double seconds = (System.nanoTime() - start) * 1e-9;
      if (change >= CHANGES) {
        spread.add(seconds);
      }
    }
    return spread;
  }
}
