package io.cleave.testbed.experiment;

import io.cleave.policies.answers.IdxFiles;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.wire.Capacity;
import io.cleave.testbed.UserError;
import io.cleave.testbed.settings.KnownKeys;
import io.cleave.testbed.settings.Section;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.settings.YamlFile;
import io.cleave.testbed.world.Arrivals;
import io.cleave.testbed.world.CallBytes;
import io.cleave.testbed.world.Machine;
import io.cleave.testbed.world.Reporting;
import io.cleave.traces.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads experiment files. What a file does not say is as in the default experiment, {@code
 * testbed/experiments/replay.yaml}, which is packed into the program and documents every key.
 */
public final class ExperimentFile {
  private static final String STANDARD = "replay";
  private static final List<String> TRACE =
      List.of("name", "file", "unit", "rtt-ms", "from-seconds", "seconds", "share");
  private static final List<String> MACHINE =
      List.of("class", "profile", "name", "memory-mib", "power", "radio");

  private static final KnownKeys KEYS =
      new KnownKeys(
          Map.ofEntries(
              Map.entry(
                  "",
                  List.of(
                      "name",
                      "models",
                      "images",
                      "device",
                      "servers",
                      "traces",
                      "arrivals",
                      "demand",
                      "calls",
                      "site",
                      "reports",
                      "switching",
                      "planners",
                      "seeds",
                      "seconds")),
              Map.entry("models", List.of("file", "inputs", "name")),
              Map.entry("device", MACHINE),
              Map.entry("device.radio", PowerFile.RADIO),
              Map.entry(
                  "servers",
                  Stream.concat(MACHINE.stream(), Stream.of("load", "count", "capacity")).toList()),
              Map.entry("servers.capacity", List.of("devices", "model-megabytes", "access-mbps")),
              Map.entry(
                  "site", List.of("devices", "classes", "reach", "targeting", "churn", "events")),
              Map.entry("site.churn", List.of("stay-seconds", "away-seconds")),
              Map.entry("site.events", List.of("at-seconds", "lost", "device", "server", "trace")),
              Map.entry("site.events.trace", TRACE),
              Map.entry("servers.load", List.of("step-seconds", "slowdown")),
              Map.entry("traces", Stream.concat(Stream.of("split"), TRACE.stream()).toList()),
              Map.entry("arrivals", List.of("kind", "frames-per-second")),
              Map.entry(
                  "demand",
                  List.of(
                      "deadline-ms",
                      "seconds-per-joule",
                      "seconds-per-point",
                      "seconds-per-server-second",
                      "energy-weight",
                      "bounds")),
              Map.entry("demand.bounds", List.of("latency-ms", "loss-points", "watts")),
              Map.entry("calls", List.of("up-bytes", "down-bytes")),
              Map.entry("reports", List.of("interval-seconds", "delay-seconds")),
              Map.entry("switching", List.of("min-gain", "hold-seconds", "switch-seconds"))));

  private final Section top;
  private final Path folder;
  private final Setting.Fields tree;
  private final References references;
  private final TraceReferences traceReferences;
  private final PlannerCatalog catalog;

  private ExperimentFile(Setting.Fields tree, Path folder, PlannerCatalog catalog) {
    this.tree = tree;
    this.top = new Section(tree);
    this.folder = folder;
    this.references = new References(folder);
    this.traceReferences = new TraceReferences(folder);
    this.catalog = catalog;
  }

  /**
   * The default experiment.
   *
   * @param changes laid over it, from the command line
   */
  public static Experiment standard(Setting.Fields changes, PlannerCatalog catalog) {
    return bind(packed(STANDARD).with(changes), Path.of(""), catalog);
  }

  /**
   * Another experiment that is packed into the program.
   *
   * @param name {@code live} or {@code compare}
   * @param changes laid over it, from the command line
   */
  public static Experiment packed(String name, Setting.Fields changes, PlannerCatalog catalog) {
    return bind(packed(STANDARD).with(packed(name)).with(changes), Path.of(""), catalog);
  }

  /**
   * The experiment that a file describes; paths in it are relative to its folder.
   *
   * @param changes laid over it, from the command line
   * @throws UserError that says what is wrong and where
   */
  public static Experiment read(Path file, Setting.Fields changes, PlannerCatalog catalog) {
    String stem = String.valueOf(file.getFileName()).replaceAll("\\.ya?ml$", "");
    Setting named = new Setting.Text(file.toString(), stem);
    Setting.Fields name = new Setting.Fields(file.toString(), Map.of("name", named));
    return over(packed(STANDARD).with(name), file, changes, catalog);
  }

  /** A packed experiment with what a file wants otherwise; else as {@link #read}. */
  public static Experiment packed(
      String name, Path file, Setting.Fields changes, PlannerCatalog catalog) {
    return over(packed(STANDARD).with(packed(name)), file, changes, catalog);
  }

  private static Experiment over(
      Setting.Fields base, Path file, Setting.Fields changes, PlannerCatalog catalog) {
    Setting.Fields tree = base.with(YamlFile.read(file)).with(changes);
    return bind(tree, file.toAbsolutePath().resolveSibling(""), catalog);
  }

  private static Setting.Fields packed(String name) {
    String file = name + ".yaml";
    try (InputStream stream = ExperimentFile.class.getResourceAsStream("/experiments/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("The program is incomplete: " + file + " is missing.");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return YamlFile.parse(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Experiment bind(Setting.Fields tree, Path folder, PlannerCatalog catalog) {
    KEYS.check(tree);
    return new ExperimentFile(tree, folder, catalog).experiment();
  }

  private Experiment experiment() {
    String name = top.text("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw top.at("name").error("a name is made of letters, digits, dots, _ and -.");
    }
    List<Network> networks = top.items("models").stream().map(references::network).toList();
    checkUnique("models", networks, Network::name);
    List<Trace> traces = traceReferences.traces(top);
    checkUnique("traces", traces, Trace::name);
    Experiment.Site site = site();
    checkUnique("servers", machines(site), Machine::name);
    checkProfiles(site, networks);
    new RoomCheck(site).check(networks, top.at("device"));
    return new Experiment(
        name,
        new Experiment.Inputs(networks, traces, images()),
        site,
        conduct(site.device().machine().power()),
        new Experiment.Contest(planners(), top.count("seeds", 1, 100_000)),
        tree);
  }

  private Optional<Experiment.Images> images() {
    if (top.text("images").equals("none")) {
      return Optional.empty();
    }
    Path path = Section.path(top.at("images"), folder);
    try {
      return Optional.of(Experiment.Images.of(path, IdxFiles.read(path, "t10k")));
    } catch (IOException unusable) {
      throw top.at("images").error(String.valueOf(unusable.getMessage()));
    }
  }

  private Experiment.Site site() {
    List<Experiment.Server> servers = new ArrayList<>();
    for (Setting server : top.items("servers")) {
      for (int i = References.count(server); i > 0; i--) {
        servers.add(references.server(server, servers.size() + 1));
      }
    }
    List<String> names = servers.stream().map(each -> each.machine().name()).toList();
    Experiment.Node device = references.node(top.at("device"), "device");
    Optional<Experiment.Crowd> crowd = new CrowdReferences(traceReferences, names).crowd(top);
    if (crowd.isEmpty()
        && servers.stream().anyMatch(each -> !each.capacity().equals(Capacity.ANY))) {
      throw top.at("servers")
          .error("capacities bind at a site of many devices: add \"site\", or leave them out.");
    }
    return new Experiment.Site(device, servers, crowd);
  }

  private static List<Machine> machines(Experiment.Site site) {
    List<Machine> machines = new ArrayList<>(List.of(site.device().machine()));
    site.servers().forEach(server -> machines.add(server.machine()));
    return machines;
  }

  /** A measured profile fits one network only; better to say so before anything runs. */
  private void checkProfiles(Experiment.Site site, List<Network> networks) {
    for (Machine machine : machines(site)) {
      for (Network network : networks) {
        try {
          machine.profile().times(network.graph());
        } catch (IllegalArgumentException e) {
          throw top.at("models").error("%s: %s".formatted(machine.name(), e.getMessage()));
        }
      }
    }
  }

  private Experiment.Conduct conduct(EnergyModel power) {
    Section arrivals = top.section("arrivals");
    Section demand = top.section("demand");
    Section calls = top.section("calls");
    Section reports = top.section("reports");
    Section switching = top.section("switching");
    return new Experiment.Conduct(
        arrivals.choice("kind", Arrivals.class),
        new DemandReferences(demand, power)
            .demands(arrivals.number("frames-per-second", n -> n > 0, "above 0")),
        new CallBytes(
            calls.number("up-bytes", n -> n >= 0, "of at least 0"),
            calls.number("down-bytes", n -> n >= 0, "of at least 0")),
        new Reporting(
            reports.number("interval-seconds", n -> n > 0, "above 0"),
            reports.number("delay-seconds", n -> n >= 0, "of at least 0")),
        new SwitchRule(
            switching.number("min-gain", n -> n >= 0 && n < 1, "of at least 0 and below 1"),
            switching.number("hold-seconds", n -> n >= 0, "of at least 0"),
            switching.number("switch-seconds", n -> n >= 0, "of at least 0")),
        top.text("seconds").equals("trace")
            ? OptionalDouble.empty()
            : OptionalDouble.of(top.number("seconds", n -> n > 0, "above 0, or \"trace\"")));
  }

  private List<PlannerSpec> planners() {
    List<PlannerSpec> planners = new ArrayList<>();
    for (Setting setting : top.items("planners")) {
      planners.add(References.planner(setting, catalog));
    }
    if (planners.stream().noneMatch(catalog::clairvoyant)) {
      planners.add(PlannerSpec.parse("oracle"));
    }
    checkUnique("planners", planners, PlannerSpec::toString);
    return planners;
  }

  private <T> void checkUnique(String key, List<T> values, Function<T, String> name) {
    Section.distinct(top.at(key), key, values.stream().map(name).toList());
  }
}
