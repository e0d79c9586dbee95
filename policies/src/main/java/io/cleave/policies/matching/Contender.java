package io.cleave.policies.matching;

import java.util.Comparator;
import java.util.List;

/**
 * A device that wants help.
 *
 * @param framesPerSecond above 0
 * @param model network that it runs, by its place among {@link SiteGame#modelBytes}
 * @param bids ways to run its frames, in ascending order of hosts; at least one is local
 */
public record Contender(double framesPerSecond, int model, List<Bid> bids) {
  public Contender {
    bids = bids.stream().sorted(Comparator.comparingInt(Bid::host)).toList();
    if (!(framesPerSecond > 0 && framesPerSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The rate of frames must be finite and above 0, not %s.".formatted(framesPerSecond));
    }
    if (bids.isEmpty() || bids.get(0).host() != Bid.LOCAL) {
      throw new IllegalArgumentException(
          "A device must have a local bid: it can always be left alone.");
    }
  }
}
