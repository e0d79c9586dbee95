package io.cleave.agents.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a battery gives, as Linux's {@code power_supply} shows it: its power, or current times
 * voltage, at the moments at which it is asked, and between two of them their mean. Nothing is
 * counted while it does not discharge, since then what it shows is what it takes. It feeds the
 * whole machine.
 */
final class BatteryMeter implements Meter {
  private static final double MICRO = 1e6; // of it in one

  private final Path supply;
  private double asked = Double.NaN; // when, in seconds
  private double watts; // then
  private double joules;

  /**
   * @param supply folder of the battery, as {@code power_supply/BAT0}
   */
  BatteryMeter(Path supply) {
    this.supply = supply;
  }

  @Override
  public String name() {
    return String.valueOf(supply.getFileName());
  }

  @Override
  public double joules(double seconds) throws IOException {
    double now = watts();
    if (!Double.isNaN(asked)) {
      joules += (seconds - asked) * (watts + now) / 2;
    }
    asked = seconds;
    watts = now;
    return joules;
  }

  private double watts() throws IOException {
    if (!Files.readString(supply.resolve("status")).strip().equals("Discharging")) {
      return 0;
    }
    return Files.exists(supply.resolve("power_now"))
        ? value("power_now") / MICRO
        : value("current_now") / MICRO * value("voltage_now") / MICRO;
  }

  /** Some drivers write what flows out with a sign. */
  private double value(String file) throws IOException {
    return Math.abs(Double.parseDouble(Files.readString(supply.resolve(file)).strip()));
  }
}
