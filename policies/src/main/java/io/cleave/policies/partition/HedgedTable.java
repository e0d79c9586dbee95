package io.cleave.policies.partition;

import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides for every uplink rate at once, and lets the device carry on locally after a delay while
 * the answer is awaited; cut and delay are those of least expected cost, given how wrong rate
 * estimates have been.
 *
 * <p>Source: ours. The table of all optimal cuts is {@link ExactTable}'s; hedging is known from
 * request-response systems (Dean, Barroso, "The Tail at Scale", CACM 2013, doi
 * 10.1145/2408776.2408794), here with the device itself as the second server.
 *
 * <p>Complexity: that of {@link ExactTable} for each server (where lost answers have a price, and
 * each codec and share that it costs somewhere), plus O(grid x candidates x ratios), or ratios
 * squared where energy or queues have a price. A look-up takes O(log entries).
 *
 * <p>Assumes: for one frame the true rate is the estimate times one of the ratios of {@link
 * io.cleave.policies.plan.RateError}, each as likely; rates hold while the frame is under way.
 *
 * <p>Expected cost is the mean over the ratios of: seconds to the first answer + what joules, lost
 * points and servers' seconds are worth ({@link io.cleave.policies.plan.Weights}) + the delay put
 * on the next frames by the device and the uplink being busy ({@code KnockOn}).
 *
 * <p>What is exact: (1) without a hedge the table is {@link ExactTable}'s, optimal at every rate if
 * the estimate is true; where more than time has a price, at the rates of the grid and at the
 * observed rate. (2) With {@code hedge=auto}, nothing but time with a price and frames that come
 * evenly and apart, the pair of cut and delay is optimal over all cuts and all delays at every rate
 * of the grid and at the observed rate: waiting costs nothing, so the delay is 0 and a cut's cost
 * is the mean of min(offloaded, local), a concave function of its cost line; a cut whose line is
 * above a mixture of two others' is then no better than the better of those, so the cuts of the
 * exact table, the cut at the input and local suffice. (3) Elsewhere it is the best of those cuts
 * and of the delays that end when an answer is due, or later where {@code Patience} says so; where
 * more than time has a price the cuts that are optimal for seconds plus all that has a price are
 * tried too. Between two rates of the grid the choice of one of them holds, changing hands where
 * their expected costs are equal.
 *
 * <p>{@code hedge=0}: no frame is predicted later than local at any rate; a cut behind the input
 * may end one engine start later than local if the answer then fails to come.
 *
 * <p>Several servers: the table is that of the server with the least expected cost at the observed
 * rates; ties go to local, then to the lower number, then to the steeper line. Of more than eight
 * servers only those eight are looked at that offload the quickest at these rates. A table's lines
 * are those of the offloaded way; the hedge can only be earlier.
 *
 * <p>Keeps what it prepared for each network. Owned by one thread.
 */
public final class HedgedTable implements Planner {
  /**
   * Each idea can be switched off.
   *
   * @param table false: decide for the observed rate only, as published planners do
   * @param auto true: choose the delay; {@code fixed} is then ignored
   * @param fixed the delay of every offloaded plan; {@link Hedge#NEVER} for none
   * @param codecs of which each plan has one
   * @param mostLost share of the right answers that what crosses may lose by its codec, 0 to 1; of
   *     a codec of which nothing was measured it is taken to lose none
   */
  public record Settings(
      boolean table, boolean auto, Hedge fixed, List<Codec> codecs, double mostLost) {
    /** Both ideas; tensors cross as they are. */
    public static final Settings STANDARD =
        new Settings(true, true, Hedge.NEVER, List.of(Codec.FP32), 1);

    public Settings {
      codecs = List.copyOf(codecs);
      if (codecs.isEmpty()) {
        throw new IllegalArgumentException("A plan has a codec, so at least one must be allowed.");
      }
      if (!(mostLost >= 0 && mostLost <= 1)) {
        throw new IllegalArgumentException(
            "The share of right answers that may be lost is in 0..1, not %s.".formatted(mostLost));
      }
    }

    /** The same with other codecs, which may cost so many right answers. */
    public Settings with(List<Codec> others, double lost) {
      return new Settings(table, auto, fixed, others, lost);
    }

    boolean hedges() {
      return auto || fixed.armed();
    }
  }

  private static final int SHORTLIST = 8; // servers

  private final Settings settings;
  private final Experience experience;
  private final ExactTables tables;

  /** One that trusts the cost model. */
  public HedgedTable(Settings settings) {
    this(settings, Experience.NONE);
  }

  /** One that corrects expected costs by what was learned; a table without hedges by nothing. */
  public HedgedTable(Settings settings, Experience experience) {
    this.settings = settings;
    this.tables = new ExactTables(settings.mostLost());
    this.experience = experience;
  }

  @Override
  public PlanTable plan(Observation observation) {
    if (settings.hedges()) {
      return hedged(observation);
    }
    return observation.demand().weights().timeAlone()
        ? unhedged(observation)
        : hedged(certain(observation));
  }

  /** The same with estimates that are taken for true, as the exact table takes them. */
  private static Observation certain(Observation observation) {
    return observation.with(
        observation.servers().stream()
            .map(server -> new ServerState(server.node(), certain(server.link())))
            .toList());
  }

  private static LinkState certain(LinkState link) {
    return new LinkState(link.up(), link.down(), link.rttSeconds(), RateError.NONE);
  }

  private PlanTable hedged(Observation observation) {
    List<Integer> nodes = shortlist(observation);
    int bestNode = nodes.get(0);
    ExpectedEnvelope best = envelope(observation, bestNode);
    double bestCost = best.at(observed(observation, bestNode)).cost();
    for (int node : nodes.subList(1, nodes.size())) {
      ExpectedEnvelope envelope = envelope(observation, node);
      double cost = envelope.at(observed(observation, node)).cost();
      if (cost < bestCost) {
        best = envelope;
        bestCost = cost;
        bestNode = node;
      }
    }
    double x = observed(observation, bestNode);
    return settings.table() ? best.table(x) : PlanTable.constant(best.at(x).entry());
  }

  /** The servers worth a closer look, ascending. */
  private List<Integer> shortlist(Observation observation) {
    int servers = observation.servers().size();
    List<Integer> nodes = IntStream.rangeClosed(1, servers).boxed().toList();
    if (servers <= SHORTLIST) {
      return nodes;
    }
    double[] seconds = new double[servers + 1];
    for (int node : nodes) {
      Observation priced = PricedTimes.of(observation, node).observation();
      seconds[node] = tables.offloadedSeconds(priced, node);
    }
    return nodes.stream()
        .sorted(Comparator.comparingDouble(node -> seconds[node]))
        .limit(SHORTLIST)
        .sorted()
        .toList();
  }

  private ExpectedEnvelope envelope(Observation observation, int node) {
    return new ExpectedEnvelope(observation, node, prospects(observation, node), experience);
  }

  /** All ways that it considers towards a server. */
  public Prospects prospects(Observation observation, int node) {
    Prospects.Delays delays =
        experience.equals(Experience.NONE) ? Prospects.Delays.BEST : Prospects.Delays.BEST_OR_LATE;
    return new Prospects(observation, node, settings, delays, tables);
  }

  private PlanTable unhedged(Observation observation) {
    PlanTable best = tables.table(observation, 1, settings.codecs());
    PlanTable.Entry bestEntry = best.at(up(observation, 1));
    double bestSeconds = bestEntry.seconds(up(observation, 1));
    for (int node = 2; node <= observation.servers().size(); node++) {
      PlanTable table = tables.table(observation, node, settings.codecs());
      PlanTable.Entry entry = table.at(up(observation, node));
      double seconds = entry.seconds(up(observation, node));
      if (seconds < bestSeconds) {
        best = table;
        bestEntry = entry;
        bestSeconds = seconds;
      }
    }
    return settings.table() ? best : PlanTable.constant(bestEntry);
  }

  private static Bandwidth up(Observation observation, int node) {
    return observation.server(node).link().up();
  }

  private static double observed(Observation observation, int node) {
    return up(observation, node).secondsPerBit();
  }
}
