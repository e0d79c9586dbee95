package io.cleave.testbed.experiment;

import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.Radio;
import io.cleave.testbed.settings.KnownKeys;
import io.cleave.testbed.settings.Section;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.settings.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a device draws, as a YAML file: the board's watts while it computes and while it waits, or a
 * curve over the processor's load, and the radio on top. {@code testbed/power} has some, each with
 * where it comes from.
 */
final class PowerFile {
  /** What is said of a radio that has no name. */
  static final List<String> RADIO =
      List.of("up-watts-per-mbps", "down-watts-per-mbps", "base-watts");

  private static final KnownKeys KEYS =
      new KnownKeys(
          Map.of(
              "",
              List.of("compute-watts", "idle-watts", "curve-watts", "load", "radio"),
              "radio",
              RADIO));

  private PowerFile() {}

  /**
   * Reads a file.
   *
   * @throws io.cleave.testbed.UserError if there is none, or it does not say all, or something else
   */
  static EnergyModel read(Path file) {
    Setting.Fields tree = YamlFile.read(file);
    KEYS.check(tree);
    Section top = new Section(tree);
    Radio radio = radio(top.at("radio"));
    if (!top.has("curve-watts")) {
      return new EnergyModel(watts(top, "compute-watts"), watts(top, "idle-watts"), radio);
    }
    if (top.has("compute-watts") || top.has("idle-watts")) {
      throw top.at("curve-watts").error("a curve says what the board draws; leave out the others.");
    }
    List<Double> curve = new ArrayList<>();
    for (Setting point : top.items("curve-watts")) {
      curve.add(Section.number("curve-watts", point, n -> n >= 0, "of at least 0"));
    }
    double load = top.number("load", n -> n >= 0 && n <= 1, "from 0 to 1");
    return new EnergyModel(at(curve, load), curve.get(0), radio);
  }

  private static double watts(Section top, String key) {
    return top.number(key, n -> n >= 0, "of at least 0");
  }

  /** On the curve, whose points are evenly spread over loads from 0 to 1; linear between two. */
  static double at(List<Double> curve, double load) {
    double place = load * (curve.size() - 1);
    int before = (int) Math.min(Math.floor(place), Math.max(0, curve.size() - 2));
    double share = place - before;
    return share == 0
        ? curve.get(before)
        : (1 - share) * curve.get(before) + share * curve.get(before + 1);
  }

  /** One of the three that are known by name, or what it draws. */
  static Radio radio(Setting setting) {
    if (setting instanceof Setting.Fields fields) {
      Section section = new Section(fields);
      return new Radio(
          watts(section, "up-watts-per-mbps"),
          watts(section, "down-watts-per-mbps"),
          watts(section, "base-watts"));
    }
    return switch (Section.text(setting)) {
      case "wifi" -> Radio.WIFI;
      case "4g" -> Radio.CELLULAR_4G;
      case "3g" -> Radio.CELLULAR_3G;
      default ->
          throw setting.error(
              "a radio is wifi, 4g, 3g, or what it draws, not \"%s\"."
                  .formatted(Section.text(setting)));
    };
  }
}
