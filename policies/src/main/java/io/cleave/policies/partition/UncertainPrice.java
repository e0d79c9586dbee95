package io.cleave.policies.partition;

import io.cleave.policies.cost.PlanPrice;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;

/**
 * What a plan is expected to cost when the true rate is only known as the estimate times one of
 * several equally likely ratios: seconds, plus joules at the user's price, plus the delay that the
 * device and the uplink, kept busy, put on the frames that come next.
 */
public final class UncertainPrice {
  private static final double LESS = 1 - 1e-9; // so that rounding never rules out the best
  private final Plan plan;
  private final PlanPrice price;
  private final double[] ratios; // of true over estimated rate
  private final double secondsPerJoule;
  private final double queueSeconds;
  private final KnockOn knockOn;

  /**
   * @param plan without a hedge, between the device and one server
   * @param error how wrong estimates of that server's uplink have been
   */
  UncertainPrice(Plan plan, Observation observation, RateError error) {
    this.plan = plan;
    this.price = PlanPrice.of(plan, observation);
    this.ratios = error.ratios().stream().mapToDouble(Double::doubleValue).toArray();
    this.secondsPerJoule = observation.demand().secondsPerJoule();
    this.queueSeconds = observation.device().queueSeconds();
    this.knockOn = new KnockOn(observation.demand());
  }

  /** Expected cost in seconds if the estimate is {@code x} seconds per bit; may be infinite. */
  double expected(double x, double delay) {
    return expected(sendings(x), delay);
  }

  private double expected(double[] sendings, double delay) {
    PlanPrice.Use[] uses = new PlanPrice.Use[sendings.length];
    double hedges = 0;
    double sent = 0;
    for (int i = 0; i < uses.length; i++) {
      uses[i] = price.use(sendings[i], delay);
      hedges += uses[i].hedgeSeconds();
      sent += uses[i].sentSeconds();
    }
    double nearRun = nearSeconds();
    double device = nearRun + hedges / uses.length; // busy with a frame on average
    double link = sent / uses.length;
    double nearWaits = knockOn.seconds(0, nearRun, device);
    double sum = 0;
    for (int i = 0; i < uses.length; i++) {
      double seconds = uses[i].seconds();
      if (seconds == Double.POSITIVE_INFINITY) {
        return seconds;
      }
      double hedge = uses[i].hedgeSeconds();
      double hedgeFrom = hedge > 0 ? nearRun + delay : 0;
      sum += seconds + joulesInSeconds(sendings[i], delay);
      sum += nearWaits;
      sum += knockOn.seconds(hedgeFrom, hedgeFrom + hedge, device);
      sum += knockOn.seconds(0, uses[i].sentSeconds(), link);
    }
    return sum / uses.length;
  }

  /**
   * The delay of least expected cost at this estimate; of equal ones the shortest.
   *
   * <p>Why trying a few is enough: let the delay grow. For a ratio whose answer is in already
   * nothing changes. While the hedge would still be computing when the answer comes, cost falls,
   * since less is computed in vain. Where the hedge would answer first, cost rises. The slope so
   * rises only where a ratio passes from the second state to the first, which is when the answer
   * comes: a minimum lies there or at 0. (Waits of later frames can bend this; then it is the best
   * of those tried.) Hedging right after the last expected answer is expected to cost nothing and
   * insures against worse than expected, so that "never" need not be tried.
   */
  double bestDelay(double x) {
    if (price.uplinkBits() == 0) {
      return Hedge.NEVER.delaySeconds();
    }
    double best = 0;
    if (hedgesFreely()) {
      return best; // carrying on at once costs nothing and can only help
    }
    double[] sendings = sendings(x);
    double bestCost = expected(sendings, best);
    double inevitable = inevitableWaits(sendings);
    for (int i = ratios.length - 1; i >= 0; i--) { // fastest first: delays ascend
      double delay = price.fixedSeconds() + sendings[i] - price.nearSeconds();
      if (delay == Double.POSITIVE_INFINITY
          || (meanSeconds(sendings, delay) + inevitable) * LESS > bestCost) {
        break; // longer delays answer no sooner
      }
      double cost = expected(sendings, delay);
      if (cost < bestCost) {
        best = delay;
        bestCost = cost;
      }
    }
    return best;
  }

  /** Of the first answer; no hedge that starts later makes it less. */
  private double meanSeconds(double[] sendings, double delay) {
    double sum = 0;
    for (double sending : sendings) {
      sum += price.seconds(sending, delay);
    }
    return sum / sendings.length;
  }

  /**
   * Seconds that later frames wait whatever the delay: for the layers before the cut, and for what
   * a hedge at once leaves on the link.
   */
  private double inevitableWaits(double[] sendings) {
    double link = 0;
    for (double sending : sendings) {
      link += price.use(sending, 0).sentSeconds();
    }
    link /= sendings.length;
    double sum = 0;
    for (double sending : sendings) {
      sum += knockOn.seconds(0, price.use(sending, 0).sentSeconds(), link);
    }
    return knockOn.seconds(0, nearSeconds(), nearSeconds()) + sum / sendings.length;
  }

  /**
   * True if carrying on alone at once costs nothing: no energy with a price, no frame that waits.
   */
  boolean hedgesFreely() {
    return secondsPerJoule == 0
        && knockOn.free(price.nearSeconds() - queueSeconds + price.restSeconds());
  }

  /** Predicted latency in seconds if the estimate is exact. */
  public double seconds(double x, double delay) {
    return price.seconds(sending(x, 1), delay);
  }

  /**
   * The estimate, in seconds per bit, from which on the unhedged way costs at least so much even if
   * the most hopeful ratio is true; 0 if it always does.
   */
  double worthUpTo(double cost) {
    if (price.uplinkBits() == 0) {
      return 0;
    }
    double atOnce = price.seconds(0, Double.POSITIVE_INFINITY) + joulesInSeconds(0);
    double slope = 1 + joulesInSeconds(1) - joulesInSeconds(0);
    double sending = (cost - atOnce) / slope;
    return sending > 0 ? sending / price.uplinkBits() * ratios[ratios.length - 1] : 0;
  }

  /** The plan with this hedge and the cost line of its unhedged way. */
  public PlanTable.Entry entry(double delay) {
    return price.entry(plan.with(new Hedge(delay)));
  }

  boolean helped() {
    return !plan.isLocal();
  }

  /** Bits that cross the uplink. */
  public double uplinkBits() {
    return price.uplinkBits();
  }

  double fixedSeconds() {
    return price.fixedSeconds();
  }

  /** Seconds from handing over to the answer, the uplink's bits apart. */
  public double farSeconds() {
    return price.fixedSeconds() - price.nearSeconds();
  }

  /** Seconds that the device computes before it hands over, its queue apart. */
  public double nearSeconds() {
    return price.nearSeconds() - queueSeconds;
  }

  private double joulesInSeconds(double sending) {
    return joulesInSeconds(sending, Double.POSITIVE_INFINITY);
  }

  private double joulesInSeconds(double sending, double delay) {
    return secondsPerJoule == 0 ? 0 : secondsPerJoule * price.energy(sending, delay).joules();
  }

  private double[] sendings(double x) {
    double[] sendings = new double[ratios.length];
    for (int i = 0; i < sendings.length; i++) {
      sendings[i] = sending(x, ratios[i]);
    }
    return sendings;
  }

  private double sending(double x, double ratio) {
    return price.uplinkBits() == 0 ? 0 : price.uplinkBits() * x / ratio;
  }
}
