package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.Weights;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ways to run a device's frames with the help of one server that may be worth something at some
 * rate of its uplink: all local, and the cuts that {@link HedgedTable} says suffice.
 */
public final class Prospects {
  private static final double LATE = 3; // times all that the device takes by itself
  private static final double NEVER = Hedge.NEVER.delaySeconds();

  /** Which delays are considered. */
  public enum Delays {
    /** That of least expected cost. */
    BEST,
    /**
     * That, and where hedging has a price one so late that it only limits an outage's harm: for
     * those who may know better than the cost model.
     */
    BEST_OR_LATE
  }

  private final Observation observation;
  private final RateError error;
  private final HedgedTable.Settings settings;
  private final Delays delays;
  private final Prospect local;
  private final double localSeconds;
  private final double late; // seconds
  private final List<UncertainPrice> offloads = new ArrayList<>();
  private final double firstChange;
  private final double end;

  /**
   * @param settings whether delays are chosen or given
   * @param delays which are considered if they are chosen
   * @param tables kept from one call to the next
   */
  public Prospects(
      Observation observation,
      int node,
      HedgedTable.Settings settings,
      Delays delays,
      ExactTables tables) {
    this.observation = observation;
    this.error = observation.server(node).link().upError();
    this.settings = settings;
    this.delays = delays;
    UncertainPrice alone = new UncertainPrice(Plan.local(observation.graph()), observation, error);
    this.local = new Prospect(alone, NEVER, alone.expected(0, NEVER));
    this.localSeconds = alone.seconds(0, NEVER);
    this.late = LATE * localSeconds;
    PlanTable exact = tables.table(observation, node, settings.codecs());
    this.firstChange =
        exact.entries().size() == 1
            ? Double.POSITIVE_INFINITY
            : exact.breakpoints()[0] * leastAboveZero(error.ratios());
    for (Plan plan : offloading(exact, node, tables)) {
      offloads.add(new UncertainPrice(plan, observation, error));
    }
    this.end =
        offloads.stream().mapToDouble(price -> price.worthUpTo(local.cost())).max().orElse(0);
  }

  /** All on the device, which costs the same whatever the link does. */
  public Prospect local() {
    return local;
  }

  /** All ways at an estimate of {@code x} seconds per bit; local is the first. */
  public List<Prospect> at(double x) {
    List<Prospect> all = new ArrayList<>(1 + offloads.size());
    all.add(local);
    for (UncertainPrice price : offloads) {
      Prospect way = offloaded(price, x, Double.POSITIVE_INFINITY);
      all.add(way);
      if (delays == Delays.BEST_OR_LATE && way.delay() < late && !price.hedgesFreely()) {
        all.add(new Prospect(price, late, alternative(price, x, way.cost())));
      }
    }
    return all;
  }

  /**
   * The cheapest way with its best delay at an estimate of {@code x} seconds per bit, the first of
   * equally cheap ones.
   *
   * @param likely to be cheap, so that others need only be looked at until they are dearer
   */
  public Prospect best(double x, Prospect likely) {
    Prospect first = likely.helped() ? offloaded(likely.price(), x, local.cost()) : local;
    Prospect best = local;
    for (UncertainPrice price : offloads) {
      double most = Math.min(first.cost(), best.cost());
      Prospect way = price == first.price() ? first : offloaded(price, x, most);
      best = way.cost() < best.cost() ? way : best;
    }
    return best;
  }

  /** With the delay that is given or best; what surely costs more than {@code most} is infinite. */
  private Prospect offloaded(UncertainPrice price, double x, double most) {
    if (!settings.auto()) {
      double delay = settings.fixed().delaySeconds();
      return new Prospect(price, delay, cost(price, x, delay));
    }
    UncertainPrice.Timed timed = price.best(x, most);
    return new Prospect(price, timed.delay(), timed.cost());
  }

  /** A plan as a way to run a frame at an estimate of {@code x} seconds per bit. */
  public Prospect of(Plan plan, double x) {
    double delay = plan.isLocal() ? NEVER : plan.hedge().delaySeconds();
    Prospect way = new Prospect(new UncertainPrice(plan, observation, error), delay, 0);
    return new Prospect(way.price(), delay, cost(way, x));
  }

  /** False if at this estimate, in seconds per bit, only the local way is worth anything. */
  public boolean hopeful(double x) {
    return x < end;
  }

  /** What a way that was chosen at another estimate is expected to cost at this one. */
  double cost(Prospect prospect, double x) {
    UncertainPrice price = prospect.price();
    return delays == Delays.BEST_OR_LATE && prospect.delay() == late
        ? alternative(price, x, cost(price, x, price.bestDelay(x)))
        : cost(price, x, prospect.delay());
  }

  /** No less than with the best delay, so that nobody who knows no better prefers it. */
  private double alternative(UncertainPrice price, double x, double best) {
    return Math.max(best, price.expected(x, late));
  }

  private double cost(UncertainPrice price, double x, double delay) {
    // A hedge at once promises an answer no later than local, so it must not be predicted later.
    boolean promised = !settings.auto() && delay == 0 && price != local.price();
    return promised && price.seconds(x, 0) > localSeconds
        ? Double.POSITIVE_INFINITY
        : price.expected(x, delay);
  }

  /** Seconds per bit up to which one cut is best whatever the error. */
  double firstChange() {
    return firstChange;
  }

  /** Seconds per bit from which on offloading has no hope. */
  double end() {
    return end;
  }

  /** Seconds that the quickest way takes without its uplink's bits. */
  double leastFixedSeconds() {
    return offloads.stream().mapToDouble(UncertainPrice::fixedSeconds).min().orElseThrow();
  }

  double mostUplinkBits() {
    return offloads.stream().mapToDouble(UncertainPrice::uplinkBits).max().orElseThrow();
  }

  private static double leastAboveZero(List<Double> ratios) {
    return ratios.stream().filter(ratio -> ratio > 0).findFirst().orElse(1.0);
  }

  private Set<Plan> offloading(PlanTable exact, int node, ExactTables tables) {
    Set<Plan> plans = new LinkedHashSet<>();
    collect(plans, exact);
    Weights weights = observation.demand().weights();
    if (!weights.timeAlone()) {
      Observation priced = PricedTimes.of(observation, node).observation();
      collect(plans, tables.table(priced, node, settings.codecs()));
      if (weights.perPoint() > 0) {
        double tooDear = local.cost() / weights.points(100); // would cost more than local
        plans.addAll(tables.byLoss(priced, node, settings.codecs(), tooDear));
      }
    }
    Plan remote = Plan.split(observation.graph(), LayerSet.of(0), node);
    settings.codecs().stream()
        .filter(codec -> lost(observation.graph(), codec) <= settings.mostLost())
        .forEach(codec -> plans.add(remote.with(codec))); // needs no second engine start
    plans.removeIf(Plan::isLocal);
    return plans;
  }

  /** What it costs in right answers to send the input in a codec's form. */
  private static double lost(DnnGraph graph, Codec codec) {
    return graph.tensors().stream()
        .filter(tensor -> tensor.producer() == 0)
        .mapToDouble(codec::lost)
        .max()
        .orElse(0);
  }

  private static void collect(Set<Plan> plans, PlanTable table) {
    table.entries().forEach(entry -> plans.add(entry.plan()));
  }
}
