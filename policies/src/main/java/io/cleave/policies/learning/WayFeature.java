package io.cleave.policies.learning;

import io.cleave.policies.partition.UncertainPrice;

/** What the network is told of each way to run the next frame, in this order. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum WayFeature implements Feature {
  FRESH(
      "log of the freshest over the reported rate",
      -3,
      3,
      way -> way.logRate() - Situation.log(way.situation().link().up())),
  RATE("log10 of the freshest rate in Mbit/s", -3, 4, way -> way.logRate() / Math.log(10) - 6),
  EXPECTED("expected cost over seconds alone", 0, 4, way -> way.share(way.prospect().cost())),
  BEHIND(
      "how much that is above the best way's",
      0,
      4,
      way -> way.share(way.prospect().cost() - way.leastCost())),
  CERTAIN(
      "seconds over seconds alone if the estimate is exact",
      0,
      4,
      way -> way.share(way.price().seconds(way.x(), way.prospect().delay()))),
  NEAR(
      "seconds on the device before anything crosses, over seconds alone",
      0,
      2,
      way -> way.share(way.price().nearSeconds())),
  SENDING(
      "seconds that the uplink's bits take, over seconds alone",
      0,
      4,
      way -> way.share(way.sending())),
  FAR(
      "seconds for the round trip, the server and back, over seconds alone",
      0,
      4,
      way -> way.share(way.price().farSeconds())),
  SENDING_LOG(
      "log10 of the seconds that the uplink's bits take",
      -4,
      2,
      way -> Math.log10(way.sending() + 1e-4)),
  NEAR_LOG(
      "log10 of the seconds before anything crosses",
      -4,
      2,
      way -> Math.log10(way.price().nearSeconds() + 1e-4)),
  AT_ONCE("1 if the device carries on at once", 0, 1, way -> way.prospect().delay() == 0 ? 1 : 0),
  DELAY(
      "seconds after which it does, over seconds alone",
      0,
      4,
      way ->
          way.prospect().delay() < Double.POSITIVE_INFINITY
              ? way.share(way.prospect().delay())
              : 0);

  private final Range range;
  private final ToDouble value;

  /** A way, and all that it is compared with. */
  record Way(
      Situation situation,
      io.cleave.policies.partition.Prospect prospect,
      double x,
      double leastCost) {
    UncertainPrice price() {
      return prospect.price();
    }

    double share(double seconds) {
      return seconds / situation.aloneSeconds();
    }

    double sending() {
      return price().uplinkBits() * x;
    }

    double logRate() {
      return -Math.log(Math.min(1e-3, x));
    }
  }

  private interface ToDouble {
    double of(Way way);
  }

  WayFeature(String meaning, double least, double most, ToDouble value) {
    this.range = new Range(meaning, least, most);
    this.value = value;
  }

  float of(Way way) {
    return clipped(value.of(way));
  }

  @Override
  public Range range() {
    return range;
  }
}
