package io.cleave.policies.cost;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;
import java.util.List;

/**
 * A plan's cost as a function of the two things that are decided or learned last: how long its
 * uplink transfers take and when its hedge starts. The cost model asks it once, a planner that
 * weighs many rates and delays asks it many times.
 *
 * <p>{@code sending} is always the seconds that the bits of all uplink transfers take, propagation
 * apart; it may be infinite. {@code delay} is as in {@link
 * io.cleave.policies.plan.Hedge#delaySeconds()}. Each question takes constant time.
 *
 * <p>Assumes that a hedged plan crosses once: while the hedge runs, the device does nothing else.
 */
public final class PlanPrice {
  private final EnergyModel power;
  private final Latency fixed; // all but the uplink's bits
  private final double queueSeconds;
  private final double nearRunSeconds; // of the device, before anything crosses
  private final double laterRunSeconds; // of the device, after the way came back
  private final double restSeconds; // of the device, for all that it handed over
  private final double upBits;
  private final double downBits;
  private final double downSeconds;
  private final double serverSeconds; // of all servers together
  private final boolean crosses;
  private final Beside beside;

  private PlanPrice(Ledger ledger, double restSeconds, Observation observation) {
    this.power = observation.power();
    this.fixed = ledger.latency();
    this.queueSeconds = observation.device().queueSeconds();
    this.nearRunSeconds = ledger.nearRun;
    this.laterRunSeconds = ledger.laterRun;
    this.restSeconds = restSeconds;
    this.upBits = ledger.upBits;
    this.downBits = ledger.downBits;
    this.downSeconds = ledger.downSeconds;
    this.serverSeconds = ledger.serverSeconds;
    this.crosses = ledger.crosses;
    this.beside = new Beside(ledger.besideRun, ledger.besideUpBits, ledger.besideDownBits);
  }

  /**
   * What pieces of shared stages take that are back before the last one: energy, no time.
   *
   * @param runSeconds of the device
   * @param upBits sent
   * @param downBits received
   */
  private record Beside(double runSeconds, double upBits, double downBits) {}

  /**
   * Time O(layers + tensors). The uplink rates observed play no part, but for shared stages: by
   * them it is known which piece comes back last.
   */
  public static PlanPrice of(Plan plan, Observation observation) {
    return of(Itinerary.of(plan, observation), plan, observation);
  }

  /** The same for an itinerary worked out before; time O(hops). */
  public static PlanPrice of(Itinerary itinerary, Plan plan, Observation observation) {
    Ledger ledger = new Ledger(plan, observation);
    itinerary.hops().forEach(ledger::add);
    return new PlanPrice(ledger, itinerary.localRestSeconds(), observation);
  }

  /**
   * Bits that cross uplinks, all transfers together; of pieces that are made at the same time only
   * those of the last one to come back, for which the frame waits.
   */
  public double uplinkBits() {
    return upBits;
  }

  /** Latency in seconds of the way without its uplink bits. */
  public double fixedSeconds() {
    return fixed.seconds();
  }

  /** Seconds from arrival to handing over; all of them if the plan is local. */
  public double nearSeconds() {
    return queueSeconds + nearRunSeconds;
  }

  /** Seconds that the device needs for all that it hands over. */
  public double restSeconds() {
    return restSeconds;
  }

  /** Seconds that servers compute, all together, their queues apart. */
  public double serverSeconds() {
    return serverSeconds;
  }

  /** Where the way's time goes. */
  public Latency way(double sending) {
    return new Latency(
        fixed.device(),
        fixed.codec(),
        fixed.uplink() + sending,
        fixed.queue(),
        fixed.remote(),
        fixed.downlink());
  }

  /** Seconds until the first answer. */
  public double seconds(double sending, double delay) {
    double total = fixed.seconds() + sending;
    return hedgeRuns(total, delay) ? Math.min(total, nearSeconds() + delay + restSeconds) : total;
  }

  /**
   * How long a frame keeps whom busy.
   *
   * @param seconds until the first answer
   * @param hedgeSeconds that the device computes beside the awaited answer
   * @param sentSeconds that the uplinks carry the frame, until sent or cancelled
   */
  public record Use(double seconds, double hedgeSeconds, double sentSeconds) {}

  /** All of it in one go. */
  public Use use(double sending, double delay) {
    double total = fixed.seconds() + sending;
    if (!hedgeRuns(total, delay)) {
      return new Use(total, 0, sending);
    }
    double hedged = nearSeconds() + delay + restSeconds;
    double seconds = Math.min(total, hedged);
    double sent = hedged < total ? Math.min(sending, seconds - nearSeconds()) : sending;
    return new Use(seconds, seconds - nearSeconds() - delay, sent);
  }

  /** What the frame takes from the battery; a way that the hedge beats is cancelled. */
  public Energy energy(double sending, double delay) {
    return energy(sending, use(sending, delay));
  }

  /**
   * The same for a use that is known already.
   *
   * @param use of {@link #use}, with the same seconds of sending
   */
  public Energy energy(double sending, Use use) {
    double seconds = use.seconds();
    boolean hedged = seconds < fixed.seconds() + sending;
    double sent = use.sentSeconds();
    // The answer's way back is the last leg, so what is missing at the end is missing from it.
    double missing = hedged ? fixed.seconds() + sending - seconds : 0;
    double received = missing < downSeconds ? downSeconds - missing : hedged ? 0 : downSeconds;
    double radio =
        power.radio().sendJoules(share(upBits, sent, sending), sent)
            + power.radio().receiveJoules(share(downBits, received, downSeconds), received)
            + power.radio().sendJoules(beside.upBits(), 0)
            + power.radio().receiveJoules(beside.downBits(), 0);
    double busy =
        beside.runSeconds() + nearRunSeconds + use.hedgeSeconds() + (hedged ? 0 : laterRunSeconds);
    double waits = Math.max(0, seconds - queueSeconds - busy);
    double idle = power.idleWatts() == 0 ? 0 : power.idleWatts() * waits;
    return new Energy(power.computeWatts() * busy, radio, idle);
  }

  /** All of it. */
  public Estimate estimate(double sending, double delay) {
    return new Estimate(
        way(sending),
        seconds(sending, delay),
        energy(sending, delay),
        use(sending, delay).hedgeSeconds(),
        serverSeconds);
  }

  /** The plan with its cost line, for a table. */
  public PlanTable.Entry entry(Plan plan) {
    return new PlanTable.Entry(plan, fixed.seconds(), upBits);
  }

  /**
   * True if the device begins to carry on before the answer is there.
   *
   * @param total seconds until the awaited answer
   */
  public boolean hedgeRuns(double total, double delay) {
    return crosses && delay < Double.POSITIVE_INFINITY && nearSeconds() + delay < total;
  }

  private static double share(double bits, double part, double whole) {
    return part >= whole ? bits : bits * part / whole;
  }

  /** Sums up one itinerary, uplink bits apart. */
  private static final class Ledger {
    private final Plan plan;
    private final Observation observation;
    private double nearRun;
    private double laterRun;
    private double codec;
    private double propagationUp;
    private double queue;
    private double remote;
    private double downlink;
    private double upBits;
    private double downBits;
    private double downSeconds;
    private double serverSeconds;
    private double besideRun;
    private double besideUpBits;
    private double besideDownBits;
    private boolean crosses;

    Ledger(Plan plan, Observation observation) {
      this.plan = plan;
      this.observation = observation;
    }

    void add(Hop hop) {
      if (hop instanceof Hop.Compute compute) {
        compute(compute);
      } else if (hop instanceof Hop.Transfer transfer) {
        transfer(transfer);
      } else if (hop instanceof Hop.Shared shared) {
        shared(shared);
      }
    }

    private void shared(Hop.Shared hop) {
      crosses = true;
      Gathering gathering = Gathering.of(hop, observation, plan.codec(), Airtime.SEPARATE);
      Latency last = gathering.lastButSending();
      codec += last.codec();
      propagationUp += last.uplink();
      queue += last.queue();
      remote += last.remote();
      downlink += last.downlink();
      laterRun += last.device();
      List<Hop.Branch> branches = gathering.branches();
      for (int i = 0; i < branches.size(); i++) {
        Hop.Branch branch = branches.get(i);
        if (i != gathering.last()) {
          besideUpBits += branch.upBits();
          besideDownBits += branch.downBits();
        } else if (branch.node() != Stage.DEVICE) {
          upBits += branch.upBits();
          downBits += branch.downBits();
          downSeconds +=
              branch.downBits() / observation.server(branch.node()).link().down().bitsPerSecond();
        }
        besideRun += branch.node() == Stage.DEVICE ? branch.seconds() : 0;
        serverSeconds += branch.node() == Stage.DEVICE ? 0 : branch.seconds();
      }
      besideRun -= last.device();
      hop.rounds().forEach(round -> round.handed().forEach(halo -> hand(halo, branches)));
    }

    /** What the device hands others and is handed takes energy; when is in the pieces' times. */
    private void hand(Hop.Halo halo, List<Hop.Branch> branches) {
      besideUpBits += branches.get(halo.from()).node() == Stage.DEVICE ? halo.bits() : 0;
      besideDownBits += branches.get(halo.to()).node() == Stage.DEVICE ? halo.bits() : 0;
    }

    private void compute(Hop.Compute hop) {
      if (hop.node() != Stage.DEVICE) {
        queue += observation.node(hop.node()).queueSeconds();
        remote += hop.seconds();
        serverSeconds += hop.seconds();
      } else if (crosses) {
        laterRun += hop.seconds();
      } else {
        nearRun += hop.seconds();
      }
    }

    private void transfer(Hop.Transfer hop) {
      crosses = true;
      codec += hop.codecSeconds();
      double propagation = observation.server(hop.server()).link().rttSeconds() / 2;
      if (hop.up()) {
        upBits += hop.bits();
        propagationUp += propagation;
      } else {
        double seconds =
            hop.bits() / observation.server(hop.server()).link().down().bitsPerSecond();
        downBits += hop.bits();
        downSeconds += seconds;
        downlink += seconds + propagation;
      }
    }

    Latency latency() {
      double device = observation.device().queueSeconds() + nearRun + laterRun;
      return new Latency(device, codec, propagationUp, queue, remote, downlink);
    }
  }
}
