package io.cleave.policies.partition;

import io.cleave.policies.cost.PlanPrice;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;

/**
 * What a plan is expected to cost when the true rate is only known as the estimate times one of
 * several equally likely ratios: what the frame itself costs ({@link FrameCost}), plus the delay
 * that the device and the uplink, kept busy, put on the frames that come next.
 */
public final class UncertainPrice {
  private static final double LESS = 1 - 1e-9; // so that rounding never rules out the best
  private final Plan plan;
  private final PlanPrice price;
  private final FrameCost cost;
  private final double patience; // seconds
  private final double[] ratios; // of true over estimated rate
  private final double queueSeconds;
  private final KnockOn knockOn;
  private final boolean thriftyWaiting; // a board that waits draws no more than one that computes

  /**
   * @param plan without a hedge, between the device and one server
   * @param error how wrong estimates of that server's uplink have been
   */
  UncertainPrice(Plan plan, Observation observation, RateError error) {
    this.plan = plan;
    this.cost = FrameCost.of(plan, observation);
    this.price = cost.price();
    this.patience =
        Patience.seconds(
            price.restSeconds(), observation.power(), observation.demand().weights().perJoule());
    this.ratios = error.ratios().stream().mapToDouble(Double::doubleValue).toArray();
    this.queueSeconds = observation.device().queueSeconds();
    this.knockOn = new KnockOn(observation.demand());
    this.thriftyWaiting = observation.power().idleWatts() <= observation.power().computeWatts();
  }

  /** Expected cost in seconds if the estimate is {@code x} seconds per bit; may be infinite. */
  double expected(double x, double delay) {
    return expected(frames(sendings(x), delay), delay);
  }

  /**
   * What a frame takes if each ratio were true.
   *
   * @param uses for how long it keeps whom busy
   * @param costs its seconds and what all else is worth
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Frames(PlanPrice.Use[] uses, double[] costs) {}

  private Frames frames(double[] sendings, double delay) {
    PlanPrice.Use[] uses = new PlanPrice.Use[sendings.length];
    double[] costs = new double[sendings.length];
    for (int i = 0; i < uses.length; i++) {
      uses[i] = price.use(sendings[i], delay);
      costs[i] = cost.seconds(sendings[i], uses[i]);
    }
    return new Frames(uses, costs);
  }

  /** The same by what frames take without a hedge, for many do without. */
  private Frames frames(double[] sendings, double delay, Frames awaited) {
    PlanPrice.Use[] uses = awaited.uses.clone();
    double[] costs = awaited.costs.clone();
    for (int i = 0; i < uses.length; i++) {
      if (price.hedgeRuns(uses[i].seconds(), delay)) {
        uses[i] = price.use(sendings[i], delay);
        costs[i] = cost.seconds(sendings[i], uses[i]);
      }
    }
    return new Frames(uses, costs);
  }

  private double expected(Frames frames, double delay) {
    PlanPrice.Use[] uses = frames.uses;
    double hedges = 0;
    double sent = 0;
    for (PlanPrice.Use use : uses) {
      hedges += use.hedgeSeconds();
      sent += use.sentSeconds();
    }
    double nearRun = nearSeconds();
    double device = nearRun + hedges / uses.length; // busy with a frame on average
    double link = sent / uses.length;
    double nearWaits = knockOn.seconds(0, nearRun, device);
    double sum = 0;
    for (int i = 0; i < uses.length; i++) {
      if (frames.costs[i] == Double.POSITIVE_INFINITY) {
        return frames.costs[i];
      }
      double hedge = uses[i].hedgeSeconds();
      double hedgeFrom = hedge > 0 ? nearRun + delay : 0;
      sum += frames.costs[i];
      sum += nearWaits;
      sum += knockOn.seconds(hedgeFrom, hedgeFrom + hedge, device);
      sum += knockOn.seconds(0, uses[i].sentSeconds(), link);
    }
    return sum / uses.length;
  }

  /**
   * Seconds with what all else is worth that no longer delay gets below: as the delay grows, a
   * frame costs more and more while the hedge answers first, then less and less down to what it
   * costs without a hedge. From some delay on it so costs at least the lesser of what it costs then
   * and without.
   */
  private double floor(Frames frames, Frames awaited) {
    if (!thriftyWaiting) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < awaited.costs.length; i++) {
      sum += Math.min(frames.costs[i], awaited.costs[i]);
    }
    return sum / awaited.costs.length;
  }

  /**
   * The delay of least expected cost at this estimate; of equal ones the shortest.
   *
   * <p>Why trying a few is enough: let the delay grow. For a ratio whose answer is in already
   * nothing changes. While the hedge would still be computing when the answer comes, cost falls,
   * since less is computed in vain. Where the hedge would answer first, cost rises. The slope so
   * rises only where a ratio passes from the second state to the first, which is when the answer
   * comes: a minimum lies there or at 0. (Waits of later frames can bend this; then it is the best
   * of those tried.) Hedging after the last expected answer is expected to cost nothing and insures
   * against worse than expected, so that "never" need not be tried; how long after is a matter of
   * {@link Patience}, as it is between two expected answers.
   */
  double bestDelay(double x) {
    return best(x, Double.POSITIVE_INFINITY).delay();
  }

  /**
   * A delay and what it is expected to cost.
   *
   * @param delay in seconds
   * @param cost in seconds; may be infinite
   */
  record Timed(double delay, double cost) {}

  /**
   * The same with its cost.
   *
   * @param most seconds of interest; what surely costs more may be said to cost infinitely much
   */
  Timed best(double x, double most) {
    if (price.uplinkBits() == 0) {
      return timed(x, Hedge.NEVER.delaySeconds());
    }
    if (hedgesFreely()) {
      return timed(x, 0); // carrying on at once costs nothing and can only help
    }
    double[] sendings = sendings(x);
    double inevitable = inevitableWaits(sendings);
    Frames awaited = frames(sendings, Double.POSITIVE_INFINITY);
    Frames frames = frames(sendings, 0, awaited);
    double least = floor(frames, awaited) + inevitable;
    if (least * LESS > most) {
      return new Timed(0, Double.POSITIVE_INFINITY);
    }
    Timed best = new Timed(0, expected(frames, 0));
    for (int i = ratios.length - 1; i >= 0; i--) { // fastest first: delays ascend
      double delay = price.fixedSeconds() + sendings[i] - price.nearSeconds();
      if (delay == Double.POSITIVE_INFINITY
          || least * LESS > best.cost()
          || (meanSeconds(sendings, delay) + inevitable) * LESS > best.cost()) {
        break; // longer delays cost no less, or answer no sooner
      }
      frames = frames(sendings, delay, awaited);
      least = floor(frames, awaited) + inevitable;
      double next = expected(frames, delay);
      best = next < best.cost() ? new Timed(delay, next) : best;
    }
    return patient(best, sendings, awaited);
  }

  /** The same, or later if no answer is expected in between and it costs no more than never. */
  private Timed patient(Timed best, double[] sendings, Frames awaited) {
    if (best.delay() == 0 || best.delay() >= patience) {
      return best;
    }
    double from = price.nearSeconds() + best.delay();
    double to = price.nearSeconds() + patience;
    for (double sending : sendings) {
      double answer = price.fixedSeconds() + sending;
      if (answer * LESS > from && answer <= to) {
        return best;
      }
    }
    double later = expected(frames(sendings, patience, awaited), patience);
    return later <= expected(awaited, patience) ? new Timed(patience, later) : best;
  }

  private Timed timed(double x, double delay) {
    return new Timed(delay, expected(x, delay));
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
    return cost.weights().perJoule() == 0
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
  double worthUpTo(double most) {
    if (price.uplinkBits() == 0) {
      return 0;
    }
    double atOnce = cost.seconds(0, Double.POSITIVE_INFINITY);
    double slope = cost.seconds(1, Double.POSITIVE_INFINITY) - atOnce;
    double sending = (most - atOnce) / slope;
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
