package io.cleave.testbed.reproduce;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;

/**
 * The links of JointDNN: average rates in the United States [M; the uplinks are those of DADS'
 * table, V], radios of Huang et al. [M, the slopes of WiFi and 4G V] and round trips of twice
 * PureEdgeSim's delays [V: its files; that 3G has 4G's is ours].
 */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers
enum LinkClass {
  CELLULAR_3G("3G", new Rates(1.1, 2.0275), 0.06, Radio.CELLULAR_3G),
  CELLULAR_4G("4G", new Rates(5.85, 13.76), 0.06, Radio.CELLULAR_4G),
  WIFI("WiFi", new Rates(18.88, 54.97), 0.01, Radio.WIFI);

  private record Rates(double upMbps, double downMbps) {}

  private final String title;
  private final Rates rates;
  private final double rttSeconds;
  private final Radio radio;

  LinkClass(String title, Rates rates, double rttSeconds, Radio radio) {
    this.title = title;
    this.rates = rates;
    this.rttSeconds = rttSeconds;
    this.radio = radio;
  }

  String title() {
    return title;
  }

  Radio radio() {
    return radio;
  }

  LinkState state() {
    return new LinkState(
        Bandwidth.mbps(rates.upMbps()),
        Bandwidth.mbps(rates.downMbps()),
        rttSeconds,
        RateError.NONE);
  }
}
