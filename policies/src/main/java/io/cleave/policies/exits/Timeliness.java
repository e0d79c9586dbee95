package io.cleave.policies.exits;

import io.cleave.policies.cost.CostLine;
import io.cleave.policies.plan.RateError;
import java.util.stream.DoubleStream;

/**
 * How likely the answers of one way are in time, at any estimate of the rate: each is in time while
 * the true rate is no lower than one of its own, and estimates are as wrong as they have been.
 */
final class Timeliness {
  private final double[] latest; // [exit] seconds per bit that are just in time; 0 if none are
  private final double[] ratios; // of true over estimated rate, equally likely

  private Timeliness(double[] latest, RateError error) {
    this.latest = latest;
    this.ratios = error.ratios().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Of a way that is handed over within a segment.
   *
   * @param deadline in seconds
   * @param error of the estimated uplink rate
   */
  static Timeliness of(
      ExitPrices price,
      int segment,
      CostLine<ExitPrices.Handover> way,
      double deadline,
      RateError error) {
    double[] latest = new double[price.segments()];
    for (int place = 0; place < latest.length; place++) {
      if (place < segment) {
        latest[place] = price.deviceSeconds(place) <= deadline ? Double.POSITIVE_INFINITY : 0;
      } else {
        double left = deadline - price.serverSeconds(segment, way, place);
        latest[place] = left > 0 ? left / way.bits() : 0;
      }
    }
    return new Timeliness(latest, error);
  }

  /** Estimates, in seconds per bit, above which some answer is less likely in time. */
  double[] steps() {
    return DoubleStream.of(latest)
        .filter(x -> x < Double.POSITIVE_INFINITY)
        .flatMap(x -> DoubleStream.of(ratios).map(ratio -> x * ratio))
        .filter(x -> x > 0)
        .distinct()
        .toArray();
  }

  /**
   * How likely each exit's answer is in time.
   *
   * @param x estimated seconds per bit
   */
  double[] at(double x) {
    return DoubleStream.of(latest).map(each -> likely(each, x)).toArray();
  }

  private double likely(double late, double x) {
    if (late == Double.POSITIVE_INFINITY) {
      return 1;
    }
    int inTime = 0;
    for (double ratio : ratios) {
      inTime += x <= late * ratio ? 1 : 0;
    }
    return (double) inTime / ratios.length;
  }
}
