package io.cleave.policies.matching;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** Simple ways to assign, against which better ones are judged. */
public enum Opponents {
  /** All alone, each by the local bid that is best. */
  LOCAL {
    @Override
    public Matcher matcher(long seed) {
      return game -> placed(game, (assignment, device) -> best(assignment, device, Bid.LOCAL));
    }
  },
  /** Any bid of those that are open. */
  RANDOM {
    @Override
    public Matcher matcher(long seed) {
      return game -> {
        SplittableRandom random = new SplittableRandom(seed);
        return placed(game, (assignment, device) -> any(assignment, device, random));
      };
    }
  },
  /** One host after the other, each time by the bid that is best alone. */
  ROUND_ROBIN {
    @Override
    public Matcher matcher(long seed) {
      return game -> {
        int[] next = {0};
        return placed(game, (assignment, device) -> inTurn(assignment, device, next));
      };
    }
  },
  /** Each the bid that is best alone, as if nobody else were there; first come first served. */
  GREEDY {
    @Override
    public Matcher matcher(long seed) {
      return game ->
          placed(
              game,
              (assignment, device) -> best(assignment, device, h -> assignment.open(device, h)));
    }
  };

  /** Which bid a device takes, those before it being placed. */
  @FunctionalInterface
  private interface Choice {
    int bid(Assignment assignment, int device);
  }

  /**
   * @param seed of what is random
   */
  public abstract Matcher matcher(long seed);

  private static Assignment placed(SiteGame game, Choice choice) {
    Assignment assignment = new Assignment(game);
    for (int device = 0; device < game.devices(); device++) {
      assignment.take(device, choice.bid(assignment, device));
    }
    return assignment;
  }

  private static int best(Assignment assignment, int device, int host) {
    return best(assignment, device, h -> h == host);
  }

  /** The bid that costs least alone, of the hosts that are allowed. */
  private static int best(Assignment assignment, int device, IntPredicate allowed) {
    SiteGame game = assignment.game();
    Offers own = game.offers(device);
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int bid = 0; bid < own.size(); bid++) {
      double cost = game.alone(device, bid);
      if (cost < least && allowed.test(own.host[bid])) {
        least = cost;
        best = bid;
      }
    }
    return best;
  }

  private static int any(Assignment assignment, int device, SplittableRandom random) {
    Offers own = assignment.game().offers(device);
    int[] open = new int[own.size()];
    int count = 0;
    for (int bid = 0; bid < open.length; bid++) {
      if (assignment.open(device, own.host[bid])) {
        open[count++] = bid;
      }
    }
    return open[random.nextInt(count)];
  }

  private static int inTurn(Assignment assignment, int device, int[] next) {
    int hosts = assignment.game().hosts();
    Offers own = assignment.game().offers(device);
    for (int tried = 0; tried < hosts; tried++) {
      int host = (next[0] + tried) % hosts;
      if (own.begin(host) < own.end(host) && assignment.open(device, host)) {
        next[0] = host + 1;
        return best(assignment, device, host);
      }
    }
    return best(assignment, device, Bid.LOCAL);
  }
}
