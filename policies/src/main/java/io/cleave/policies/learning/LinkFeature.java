package io.cleave.policies.learning;

import java.util.function.ToDoubleFunction;

/** What the network is told once for a device and a server, in this order. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum LinkFeature implements Feature {
  PAST_1("log of the rate 1 report ago over the last one", -3, 3, at -> at.past(1)),
  PAST_2("the same of 2 reports ago", -3, 3, at -> at.past(2)),
  PAST_4("of 4 reports ago", -3, 3, at -> at.past(4)),
  PAST_8("of 8 reports ago", -3, 3, at -> at.past(8)),
  SWING("change of the log rate from report to report, root mean square", 0, 3, Situation::swing),
  ERROR_LOW("true over estimated rate, 10 % quantile, less 1", -1, 2, at -> at.error(0.1) - 1),
  ERROR_MIDDLE("the same, median", -1, 2, at -> at.error(0.5) - 1),
  ERROR_HIGH("the same, 90 % quantile", -1, 2, at -> at.error(0.9) - 1),
  OUTAGES(
      "share of transfers that got less than a tenth of the estimate", 0, 1, Situation::outages),
  ALONE(
      "log10 of the seconds that the device takes by itself",
      -3,
      2,
      at -> Math.log10(at.aloneSeconds())),
  GAP(
      "log of seconds between frames over these",
      -3,
      3,
      at -> Math.log(at.gapSeconds() / at.aloneSeconds())),
  GAP_VARIATION(
      "squared coefficient of variation of the gaps",
      0,
      1,
      at -> at.seen().demand().gapVariation()),
  DEADLINE(
      "seconds alone over the deadline",
      0,
      4,
      at -> at.aloneSeconds() / at.seen().demand().deadlineSeconds()),
  ENERGY(
      "seconds per joule times watts of the device that computes",
      0,
      4,
      at -> at.seen().demand().weights().perJoule() * at.seen().power().computeWatts()),
  DEVICE_QUEUE(
      "wait for the device over seconds alone",
      0,
      4,
      at -> at.seen().device().queueSeconds() / at.aloneSeconds()),
  SERVER_QUEUE(
      "wait for the server over seconds alone",
      0,
      4,
      at -> at.seen().server(at.node()).node().queueSeconds() / at.aloneSeconds()),
  ROUND_TRIP(
      "round trip over seconds alone", 0, 4, at -> at.link().rttSeconds() / at.aloneSeconds());

  private final Range range;
  private final ToDoubleFunction<Situation> value;

  LinkFeature(String meaning, double least, double most, ToDoubleFunction<Situation> value) {
    this.range = new Range(meaning, least, most);
    this.value = value;
  }

  float of(Situation situation) {
    return clipped(value.applyAsDouble(situation));
  }

  @Override
  public Range range() {
    return range;
  }
}
