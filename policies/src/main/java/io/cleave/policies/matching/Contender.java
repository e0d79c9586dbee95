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

  /** The same, wanting no help. */
  public Contender local() {
    return new Contender(
        framesPerSecond, model, bids.stream().filter(bid -> bid.host() == Bid.LOCAL).toList());
  }

  /** Place of the bid for a host that is cheapest while nobody is there; a local one without. */
  public int cheapest(int host) {
    int best = 0;
    for (int i = 0; i < bids.size(); i++) {
      if (bids.get(i).host() == host && (bids.get(best).host() != host || alone(i) < alone(best))) {
        best = i;
      }
    }
    return best;
  }

  private double alone(int bid) {
    return bids.get(bid).fixedSeconds()
        + bids.get(bid).workSeconds()
        + bids.get(bid).accessSeconds();
  }
}
