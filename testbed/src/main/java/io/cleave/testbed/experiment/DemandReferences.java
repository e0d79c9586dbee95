package io.cleave.testbed.experiment;

import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.testbed.settings.Section;
import io.cleave.testbed.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/** Reads what an experiment asks of its devices: one demand, or several to be run one by one. */
final class DemandReferences {
  private static final String DEADLINE = "deadline-ms";
  private static final String PRICE = "seconds-per-joule";
  private static final String WEIGHT = "energy-weight";

  private final Section demand;
  private final EnergyModel power;

  /**
   * @param power of the device, by which a weight of energy becomes seconds a joule
   */
  DemandReferences(Section demand, EnergyModel power) {
    this.demand = demand;
    this.power = power;
  }

  /** Each deadline with each weight of energy. */
  List<Demand> demands(double framesPerSecond) {
    List<Double> prices = prices();
    List<Demand> demands = new ArrayList<>();
    for (double deadline : deadlines()) {
      for (double price : prices) {
        demands.add(new Demand(framesPerSecond, deadline, weights(price), 0, bounds()));
      }
    }
    return demands;
  }

  /** In seconds, infinite for none. */
  private List<Double> deadlines() {
    List<Double> deadlines = new ArrayList<>();
    for (Setting one : given(DEADLINE)) {
      deadlines.add(
          Section.text(one).equals("none")
              ? Double.POSITIVE_INFINITY
              : Section.number(DEADLINE, one, n -> n > 0, "above 0, or \"none\"") / 1e3);
    }
    return distinct(DEADLINE, deadlines);
  }

  /** In seconds a joule. */
  private List<Double> prices() {
    double price = price(PRICE);
    if (!demand.has(WEIGHT)) {
      return List.of(price);
    }
    if (price > 0) {
      throw demand
          .at(WEIGHT)
          .error("\"%s\" says it already: give the one or the other.".formatted(PRICE));
    }
    List<Double> prices = new ArrayList<>();
    for (Setting one : given(WEIGHT)) {
      double weight = Section.number(WEIGHT, one, n -> n >= 0 && n <= 1, "from 0 to 1");
      prices.add(power.secondsPerJoule(weight));
    }
    return distinct(WEIGHT, prices);
  }

  private Weights weights(double perJoule) {
    return new Weights(perJoule, price("seconds-per-point"), price("seconds-per-server-second"));
  }

  private double price(String key) {
    return demand.number(key, n -> n >= 0, "of at least 0");
  }

  private Bounds bounds() {
    if (!demand.has("bounds")) {
      return Bounds.NONE;
    }
    Section bounds = demand.section("bounds");
    return new Bounds(
        bound(bounds, "latency-ms", Double.MIN_VALUE) / 1e3,
        bound(bounds, "loss-points", 0),
        bound(bounds, "watts", Double.MIN_VALUE));
  }

  private static double bound(Section bounds, String key, double least) {
    return bounds.has(key)
        ? bounds.number(key, n -> n >= least, least > 0 ? "above 0" : "of at least 0")
        : Double.POSITIVE_INFINITY;
  }

  private List<Setting> given(String key) {
    return demand.at(key) instanceof Setting.Items ? demand.items(key) : List.of(demand.at(key));
  }

  private List<Double> distinct(String key, List<Double> values) {
    Section.distinct(demand.at(key), key, values.stream().map(String::valueOf).toList());
    return values;
  }
}
