package io.cleave.policies.learning;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.units.Bandwidth;
import java.util.List;

/**
 * What is known of a device, a server and the link between them when a plan is decided.
 *
 * @param seen all that the planner may know
 * @param node the server, as in {@link io.cleave.policies.plan.Stage#node()}
 * @param aloneSeconds that the device takes for a frame by itself, its queue apart; above 0
 */
record Situation(Observation seen, int node, double aloneSeconds) {
  private static final double SLOWEST = 1e3; // bit/s that an outage counts as

  LinkState link() {
    return seen.server(node).link();
  }

  /** The logarithm of a rate in bit/s. */
  static double log(Bandwidth rate) {
    return Math.log(Math.max(SLOWEST, rate.bitsPerSecond()));
  }

  /**
   * The logarithm of an earlier estimate over the last one; 0 if it is not known.
   *
   * @param reports ago, from 1
   */
  double past(int reports) {
    List<Bandwidth> past = link().past();
    return reports > past.size() ? 0 : log(past.get(reports - 1)) - log(link().up());
  }

  /** How much the logarithm of the rate changes from report to report, root mean square. */
  double swing() {
    double sum = 0;
    double last = log(link().up());
    for (Bandwidth rate : link().past()) {
      sum += Math.pow(log(rate) - last, 2);
      last = log(rate);
    }
    return link().past().isEmpty() ? 0 : Math.sqrt(sum / link().past().size());
  }

  /** The ratio of true over estimated rate below which so much of all was. */
  double error(double share) {
    RateError error = link().upError();
    int count = error.ratios().size();
    return error.ratios().get(Math.min(count - 1, (int) (share * count)));
  }

  /** The share of transfers that met an outage. */
  double outages() {
    RateError error = link().upError();
    long outages = error.ratios().stream().filter(ratio -> ratio < 0.1).count();
    return (double) outages / error.ratios().size();
  }

  double gapSeconds() {
    return 1 / seen.demand().framesPerSecond();
  }
}
