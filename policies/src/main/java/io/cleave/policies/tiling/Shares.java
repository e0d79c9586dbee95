package io.cleave.policies.tiling;

import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How large a piece of a run each machine gets: in proportion to its effective rate, transfers
 * included; and one more helper only while that pays.
 *
 * <p><b>Source:</b> DINA-P (Mohammed, Joe-Wong, Babbar, Di Francesco, INFOCOM 2020), as
 * reconstructed from second-hand notes: shares x_j = r_j / sum r with r_j = 1 / (1/s_j + bytes per
 * unit of work / B_ij), helper k only if max_j T_j(k) &lt; T(k-1). The unit of work is a place on
 * the axis that is cut: a row, column or neuron.
 *
 * <p><b>Complexity:</b> O(h^2 x layers) for h helpers. <b>Assumes</b> that a layer's time is in
 * proportion to its places; rates that hold still. The rule for shares knows neither halos nor
 * round trips, starts and queues: these are priced exactly afterwards, when helpers are counted.
 *
 * <p><b>Differs:</b> 1. Whole places, by largest remainders; whose share is none takes no part, be
 * it the device. 2. Helpers are tried in the order in which each by itself would help most, so that
 * a far one does not keep near ones out. 3. Bytes per unit of work are those there and back, each
 * at its own rate. A fully connected layer's input goes to every helper whole; the rule spreads it
 * over the neurons nevertheless, the price does not.
 */
final class Shares implements Divider {
  private final Observation observation;
  private final Terms terms;
  private final Pricing pricing;

  Shares(Observation observation, Terms terms) {
    this.observation = observation;
    this.terms = terms;
    this.pricing = new Pricing(observation, terms);
  }

  /** The stage that shares a run best by this rule; empty if the device alone is as fast. */
  @Override
  public Optional<SharedRun> of(Divisible run, double enough) {
    double[] rates = rates(run);
    List<Integer> helpers = byThemselves(run, rates);
    double best = observation.device().times().run(run.layers());
    List<Sharing.Share> found = List.of();
    for (int count = 1; count <= helpers.size(); count++) {
      List<Sharing.Share> shares = shares(run, rates, helpers.subList(0, count));
      double seconds = seconds(run, shares);
      if (!(seconds < best)) {
        break;
      }
      best = seconds;
      found = shares;
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(SharedRun.of(run, found, best));
  }

  /** The device or a helper may get no places. */
  @Override
  public double least(Divisible run, LeastTime least) {
    return least.strips();
  }

  /** What a run takes that a server shares with nobody but the device. */
  private record Alone(int server, double seconds) {}

  /** Servers that are reached at all, the one that helps most first; of equal ones the first. */
  private List<Integer> byThemselves(Divisible run, double[] rates) {
    List<Alone> alone = new ArrayList<>();
    for (int server = 1; server <= observation.servers().size(); server++) {
      if (rates[server] > 0) {
        alone.add(new Alone(server, seconds(run, shares(run, rates, List.of(server)))));
      }
    }
    alone.sort(Comparator.comparingDouble(Alone::seconds));
    return alone.stream().map(Alone::server).toList();
  }

  /** [node] places of a run a second. */
  private double[] rates(Divisible run) {
    double[] rates = new double[observation.servers().size() + 1];
    for (int node = 0; node < rates.length; node++) {
      rates[node] = rate(run, node);
    }
    return rates;
  }

  /** Places of a run a second; 0 if nothing crosses the link, infinite for work that is free. */
  double rate(Divisible run, int node) {
    LayerTimes times = observation.node(node).times();
    double work = (times.run(run.layers()) - times.startSeconds()) / run.length();
    if (node == Stage.DEVICE) {
      return 1 / work;
    }
    ServerState server = observation.server(node);
    LinkState link = server.link();
    double factor = terms.codec().sizeFactor() / run.length();
    double transfer =
        run.inputBits() * factor / link.up().bitsPerSecond()
            + run.outputBits() * factor / link.down().bitsPerSecond();
    return 1 / (work + transfer);
  }

  /** The device and these helpers, each with its share of places; who has none takes no part. */
  List<Sharing.Share> shares(Divisible run, List<Integer> helpers) {
    return shares(run, rates(run), helpers);
  }

  private static List<Sharing.Share> shares(Divisible run, double[] rates, List<Integer> helpers) {
    List<Integer> crew = new ArrayList<>(helpers.size() + 1);
    crew.add(Stage.DEVICE);
    crew.addAll(helpers);
    if (Double.isInfinite(rates[Stage.DEVICE])) {
      return Layout.strips(run, crew, new long[] {run.length()}); // free here
    }
    double[] theirs = new double[crew.size()];
    for (int i = 0; i < theirs.length; i++) {
      theirs[i] = rates[crew.get(i)];
    }
    return Layout.strips(run, crew, LargestRemainder.split(theirs, run.length()));
  }

  /** Until the last piece is back. */
  double seconds(Divisible run, List<Sharing.Share> shares) {
    return pricing.seconds(pricing.branches(run, shares), Handout.ASSIGNED);
  }
}
