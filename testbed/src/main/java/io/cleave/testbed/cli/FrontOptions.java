package io.cleave.testbed.cli;

import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.testbed.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is wanted of a plan: weights, bounds, and what it may do. */
final class FrontOptions {
  @Option(
      names = "--energy-weight",
      paramLabel = "W",
      description = "Energy against time, 0 to 1, both counted in what the device takes alone.")
  private Optional<Double> energyWeight = Optional.empty();

  @Option(
      names = "--seconds-per-joule",
      paramLabel = "S",
      description = "The same as what one would wait to save a joule.")
  private Optional<Double> perJoule = Optional.empty();

  @Option(
      names = "--seconds-per-point",
      paramLabel = "S",
      description = "What one would wait for a right answer more in a hundred.")
  private double perPoint;

  @Option(
      names = "--seconds-per-server-second",
      paramLabel = "S",
      description = "What one would wait to save a second of a server.")
  private double perServerSecond;

  @Option(names = "--within-ms", paramLabel = "MS", description = "Bound: time until the answer.")
  private Optional<Double> withinMillis = Optional.empty();

  @Option(
      names = "--max-loss",
      paramLabel = "POINTS",
      description = "Bound: right answers in a hundred that may be lost.")
  private double maxLoss = Double.POSITIVE_INFINITY;

  @Option(
      names = "--battery",
      paramLabel = "WHxHOURS",
      description = "Bound: a battery and how long it shall last, such as 18.75x12.")
  private Optional<String> battery = Optional.empty();

  @Option(
      names = "--codec",
      paramLabel = "A/B",
      description = "Forms in which tensors may cross: fp32/fp16, as codecs are called.")
  private String codec = "fp32/fp16";

  Weights weights(EnergyModel power) {
    if (energyWeight.isPresent() && perJoule.isPresent()) {
      throw new UserError("Give --energy-weight or --seconds-per-joule, not both.");
    }
    try {
      double joule = energyWeight.map(power::secondsPerJoule).or(() -> perJoule).orElse(0.0);
      return new Weights(joule, perPoint, perServerSecond);
    } catch (IllegalArgumentException refused) {
      throw new UserError(String.valueOf(refused.getMessage()));
    }
  }

  Bounds bounds() {
    double seconds = withinMillis.map(ms -> ms / 1e3).orElse(Double.POSITIVE_INFINITY);
    try {
      return new Bounds(seconds, maxLoss, watts());
    } catch (IllegalArgumentException refused) {
      throw new UserError(String.valueOf(refused.getMessage()));
    }
  }

  private double watts() {
    if (battery.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    String[] parts = battery.get().split("x", -1);
    try {
      if (parts.length == 2) {
        return Bounds.watts(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
      }
    } catch (NumberFormatException notTwoNumbers) {
      throw notABattery();
    }
    throw notABattery();
  }

  private UserError notABattery() {
    return new UserError(
        "--battery is watt-hours and hours, such as 18.75x12, not '%s'.".formatted(battery.get()));
  }

  List<Codec> codecs() {
    List<Codec> codecs = new ArrayList<>();
    for (String name : codec.split("/", -1)) {
      try {
        codecs.add(Codec.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
      } catch (IllegalArgumentException unknown) {
        throw new UserError(
            "There is no codec '%s'. Known are %s."
                .formatted(name, List.of(Codec.values()).toString().toLowerCase(Locale.ROOT)));
      }
    }
    return codecs;
  }
}
