package io.cleave.policies.learning;

import io.cleave.policies.partition.Experience;
import io.cleave.policies.partition.Prospect;
import io.cleave.policies.plan.Guarded;
import io.cleave.policies.plan.Observation;
import java.util.List;

/**
 * Keeps what was learned from plans that the cost model finds dearer than the safe one, which is
 * all local: such a way is left out, and counted if it would have been taken. Owned by one thread.
 */
final class Guard implements Experience {
  /** How much dearer than all local a way may be by the cost model. */
  static final double FACTOR = 1;

  private final Experience learned;
  private long asked;
  private long guarded;

  Guard(Experience learned) {
    this.learned = learned;
  }

  static boolean allows(Prospect way, Prospect local) {
    return way.cost() <= FACTOR * local.cost();
  }

  /** Decisions so far, each at the rate that was observed. */
  Guarded counts() {
    return new Guarded(asked, guarded);
  }

  @Override
  public double[] seconds(Observation seen, int node, double x, List<Prospect> prospects) {
    double[] seconds = learned.seconds(seen, node, x, prospects);
    int best = 0;
    for (int i = 1; i < seconds.length; i++) {
      boolean better =
          prospects.get(i).cost() + seconds[i] < prospects.get(best).cost() + seconds[best];
      best = better ? i : best;
    }
    boolean steppedIn = !allows(prospects.get(best), prospects.get(0));
    if (x == seen.server(node).link().up().secondsPerBit()) {
      asked++;
      guarded += steppedIn ? 1 : 0;
    }
    for (int i = 1; i < seconds.length; i++) {
      boolean allowed = allows(prospects.get(i), prospects.get(0));
      seconds[i] = allowed ? seconds[i] : Double.POSITIVE_INFINITY;
    }
    return seconds;
  }

  /** What was learned, but what is dearer than all local is never made to look better. */
  double[] capped(Observation seen, int node, double x, List<Prospect> prospects) {
    double[] seconds = learned.seconds(seen, node, x, prospects);
    for (int i = 1; i < seconds.length; i++) {
      boolean allowed = allows(prospects.get(i), prospects.get(0));
      seconds[i] = allowed ? seconds[i] : Math.max(0, seconds[i]);
    }
    return seconds;
  }
}
