package io.cleave.testbed.experiment;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerProfile;
import io.cleave.policies.wire.Capacity;
import io.cleave.testbed.measure.ProfileFile;
import io.cleave.testbed.settings.Section;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.world.LoadSeries;
import io.cleave.testbed.world.Machine;
import io.cleave.transport.json.AgentName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;

/** Looks up the networks, machines and planners that an experiment file names. */
final class References {
  private static final String ZOO = "zoo:";

  private final Path folder;

  /**
   * @param folder that paths are relative to
   */
  References(Path folder) {
    this.folder = folder;
  }

  Network network(Setting setting) {
    if (setting instanceof Setting.Fields fields) {
      Section section = new Section(fields);
      return OnnxNetwork.read(section, folder);
    }
    String text = Section.text(setting);
    if (text.endsWith(".onnx")) {
      return OnnxNetwork.read(folder.resolve(text).normalize());
    }
    String name = text.startsWith(ZOO) ? text.substring(ZOO.length()) : text;
    Zoo zoo = Section.parsed(setting, any -> Zoo.byName(name));
    return new Network(zoo.id(), ZOO + zoo.id(), zoo.graph());
  }

  /**
   * A machine by its class, or by a measured profile and a class whose power is assumed.
   *
   * @param standard name in result files if it is given none
   */
  Experiment.Node node(Setting setting, String standard) {
    if (setting instanceof Setting.Fields fields) {
      Section section = new Section(fields);
      DeviceClass type = Section.parsed(section.at("class"), DeviceClass::byId);
      boolean measured = section.has("profile");
      LayerProfile profile =
          measured ? ProfileFile.read(Section.path(section.at("profile"), folder)) : type.profile();
      String name = section.has("name") ? name(section.at("name")) : standard;
      Machine machine = new Machine(name, profile, power(section, type), memoryBytes(section));
      return new Experiment.Node(machine, type, measured);
    }
    DeviceClass type = Section.parsed(setting, DeviceClass::byId);
    return new Experiment.Node(new Machine(standard, type.profile(), type.energy()), type, false);
  }

  /** The class's, with a radio of its own, or what a file says. */
  private EnergyModel power(Section section, DeviceClass type) {
    if (section.has("power")) {
      if (section.has("radio")) {
        throw section.at("radio").error("the file of \"power\" says which radio it is.");
      }
      return PowerFile.read(Section.path(section.at("power"), folder));
    }
    return section.has("radio") ? type.energy(PowerFile.radio(section.at("radio"))) : type.energy();
  }

  /** That a plan may take there; any plan may if nothing is said. */
  private static long memoryBytes(Section section) {
    String key = "memory-mib";
    if (!section.has(key) || section.text(key).equals("unlimited")) {
      return NodeState.UNLIMITED;
    }
    double mebibytes =
        section.number(key, n -> n > 0 && n <= 1e9, "above 0 and at most 1e9, or \"unlimited\"");
    return (long) (mebibytes * (1 << 20));
  }

  /** Names are parts of topics and stand in result files. */
  private static String name(Setting setting) {
    String text = Section.text(setting);
    if (!AgentName.isValid(text)) {
      throw setting.error(
          "a machine's name is made of letters, digits, dots, _ and -, at most 64, and is not"
              + " \"controller\"; this one is \"%s\".".formatted(text));
    }
    return text;
  }

  /**
   * A server.
   *
   * @param number its place in the list, from 1
   */
  Experiment.Server server(Setting setting, int number) {
    LoadCourse load = LoadCourse.IDLE;
    if (setting instanceof Setting.Fields fields && fields.values().containsKey("load")) {
      load = load(new Section(fields).at("load"), number);
    }
    return new Experiment.Server(node(setting, "server-" + number), load, capacity(setting));
  }

  private static Capacity capacity(Setting setting) {
    if (setting instanceof Setting.Fields fields && fields.values().containsKey("capacity")) {
      Section section = new Section(fields).section("capacity");
      return new Capacity(
          (int) most(section, "devices", n -> n >= 0, "of at least 0"),
          (long) (1e6 * most(section, "model-megabytes", n -> n >= 0, "of at least 0")),
          1e6 * most(section, "access-mbps", n -> n > 0, "above 0"));
    }
    return Capacity.ANY;
  }

  /** Endless, which as a whole number is the largest, if it is not said. */
  private static double most(Section capacity, String key, DoublePredicate allowed, String range) {
    return capacity.has(key) ? capacity.number(key, allowed, range) : Double.POSITIVE_INFINITY;
  }

  private static LoadCourse load(Setting setting, int number) {
    if (setting instanceof Setting.Fields fields) {
      Section section = new Section(fields);
      double step = section.number("step-seconds", n -> n > 0, "above 0");
      List<Double> slowdown = new ArrayList<>();
      for (Setting factor : section.items("slowdown")) {
        slowdown.add(Section.number("a slowdown", factor, n -> n >= 1, "of at least 1"));
      }
      return LoadCourse.given(new LoadSeries(step, slowdown));
    }
    return switch (Section.text(setting)) {
      case "idle" -> LoadCourse.IDLE;
      case "seeded" -> LoadCourse.seeded(number);
      default ->
          throw setting.error(
              "a load must be idle, seeded, or {step-seconds, slowdown}, not \"%s\"."
                  .formatted(Section.text(setting)));
    };
  }

  /** How many servers of a kind there are. */
  static int count(Setting setting) {
    return setting instanceof Setting.Fields fields && fields.values().containsKey("count")
        ? new Section(fields).count("count", 1, 10_000)
        : 1;
  }

  /** {@code cleave{hedge=0}}, or the same as keys: {@code cleave: {hedge: 0}}. */
  static PlannerSpec planner(Setting setting, PlannerCatalog catalog) {
    PlannerSpec spec =
        setting instanceof Setting.Fields fields
            ? spec(fields)
            : Section.parsed(setting, PlannerSpec::parse);
    // Built once for nothing, so that a wrong name or option is found before anything runs.
    Section.parsed(
        new Setting.Text(setting.where(), spec.toString()),
        text -> catalog.create(spec, plan -> 0));
    return spec;
  }

  private static PlannerSpec spec(Setting.Fields fields) {
    if (fields.values().size() != 1) {
      throw fields.error("one planner is expected here, such as \"cleave: {hedge: 0}\".");
    }
    String name = fields.values().keySet().iterator().next();
    Map<String, String> options = new LinkedHashMap<>();
    Section section = new Section(fields).section(name);
    section.keys().forEach(key -> options.put(key, section.text(key)));
    return PlannerSpec.of(name, options);
  }
}
