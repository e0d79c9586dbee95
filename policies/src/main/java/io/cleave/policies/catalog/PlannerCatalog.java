package io.cleave.policies.catalog;

import io.cleave.policies.baseline.Forecast;
import io.cleave.policies.baseline.LocalOnly;
import io.cleave.policies.baseline.Oracle;
import io.cleave.policies.baseline.RemoteOnly;
import io.cleave.policies.catalog.PlannerEntry.Maker;
import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.learning.DeepQ;
import io.cleave.policies.learning.FrameBandit;
import io.cleave.policies.learning.LearnedTable;
import io.cleave.policies.learning.QNetwork;
import io.cleave.policies.learning.TrainedPolicy;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.partition.BottleneckCut;
import io.cleave.policies.partition.HedgedTable;
import io.cleave.policies.partition.MinCut;
import io.cleave.policies.partition.ModeSwitchingCut;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.spelling.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All planners by name. A new planner is one class and one line in {@link #standard()}; see
 * docs/add-a-planner.md.
 */
public final class PlannerCatalog {
  private static final Option TABLE =
      new Option(
          "table",
          "on",
          "on or off",
          "Decide for every uplink rate, or for the observed one only.");
  private static final Option HEDGE =
      new Option(
          "hedge",
          "auto",
          "auto, off, or seconds of at least 0",
          "When the device carries on locally: by expected cost, never, or after so long.");

  private static final Option CODECS =
      new Option(
          "codec", "fp32", "codecs, as in fp32/fp16/int8-lz4", "In which form tensors may cross.");

  private static final Option LOST =
      new Option(
          "loss",
          "1",
          "from 0 to 1",
          "Share of right answers that a codec may cost, where that was measured.");

  private static final Option WEIGHTS =
      new Option(
          "weights",
          "shipped",
          "shipped, or a file that exists",
          "What was learned, by ./cleave train policy.");

  private static final Option NETWORK =
      new Option(
          "weights",
          "shipped",
          "shipped, or a file that exists",
          "What was learned, by ./cleave train dqn.");

  private static final Option SEED =
      new Option("seed", "1", "a number from 0 to 1e9", "Of what it believes at first.");

  private static final Set<String> FASTEST = Set.of("tiling.JointTiles"); // by seconds

  private final Map<String, PlannerEntry> byName = new LinkedHashMap<>(); // names and aliases
  private final List<PlannerEntry> entries = new ArrayList<>();

  /** Every planner of this project, in the order in which tables show them. */
  public static PlannerCatalog standard() {
    PlannerCatalog catalog = new PlannerCatalog();
    catalog.baseline("baseline.LocalOnly", "local", (options, none) -> new LocalOnly());
    catalog.baseline("baseline.RemoteOnly", "remote", (options, none) -> new RemoteOnly());
    catalog.register(PathPlanners.neurosurgeon());
    catalog.published("partition.MinCut", "dads-light", (options, none) -> new MinCut());
    catalog.published("partition.BottleneckCut", "dads-heavy", (o, none) -> new BottleneckCut());
    catalog.published("partition.ModeSwitchingCut", "dads", (o, none) -> new ModeSwitchingCut());
    catalog.published("partition.BlockMinCut", "qdmp", (options, none) -> new BlockMinCut());
    catalog.register(PathPlanners.jointDnn());
    catalog.register(CompressedPlanners.eightBitSplit());
    TilingPlanners.published().forEach(catalog::register);
    catalog.register(bandit());
    ExitPlanners.published().forEach(catalog::register);
    catalog.own("partition.HedgedTable", "cleave", hedgedTable(), TABLE, HEDGE, CODECS, LOST);
    catalog.register(WeighingPlanners.leastCost());
    catalog.register(learned());
    catalog.own("learning.DeepQ", "dqn", deepQ(), NETWORK);
    ExitPlanners.own().forEach(catalog::register);
    TilingPlanners.own().forEach(catalog::register);
    catalog.clairvoyant("baseline.Oracle", "oracle", (options, forecast) -> new Oracle(forecast));
    return catalog;
  }

  /**
   * Adds a planner.
   *
   * @throws IllegalArgumentException if its name or alias is taken
   */
  public void register(PlannerEntry entry) {
    for (String name : List.of(entry.name(), entry.alias())) {
      if (byName.putIfAbsent(name, entry) != null) {
        throw new IllegalArgumentException("The planner name %s is taken.".formatted(name));
      }
    }
    entries.add(entry);
  }

  /**
   * Builds a planner.
   *
   * @throws IllegalArgumentException if the name, an option or a value is unknown, with the nearest
   *     known one, or the planner needs a forecast
   */
  public Planner create(PlannerSpec spec) {
    if (clairvoyant(spec)) {
      throw new IllegalArgumentException(
          "The planner %s knows the future, which only a replay has. Maybe cleave was meant."
              .formatted(spec));
    }
    if (byFrame(spec)) {
      throw new IllegalArgumentException(
          "The planner %s learns from each frame on the device, which only a replay lets it. Maybe learned was meant."
              .formatted(spec));
    }
    return create(
        spec,
        plan -> {
          throw new IllegalStateException("Only a clairvoyant planner may ask for a forecast.");
        });
  }

  /** The same for any planner; one that is not clairvoyant does not ask the forecast. */
  public Planner create(PlannerSpec spec, Forecast forecast) {
    PlannerEntry entry = entry(spec);
    Options options = new Options(spec.name(), entry.options(), spec.options());
    Planner planner = entry.maker().make(options, forecast);
    if (!options.unread().isEmpty()) {
      throw new IllegalStateException(
          "The catalogue declares options of %s that are never read: %s."
              .formatted(entry.name(), options.unread()));
    }
    return planner;
  }

  /** True if the planner must be asked at every frame, so that only a simulation has it. */
  public boolean byFrame(PlannerSpec spec) {
    return entry(spec).byFrame();
  }

  /** True if it is one of those that know the future. */
  public boolean clairvoyant(PlannerSpec spec) {
    return entry(spec).origin() == Origin.CLAIRVOYANT;
  }

  /** True if the planner is a published method. */
  public boolean published(PlannerSpec spec) {
    return entry(spec).origin() == Origin.PUBLISHED;
  }

  /** True if it may decide otherwise where joules have another price. */
  public boolean weighsEnergy(PlannerSpec spec) {
    PlannerEntry entry = entry(spec);
    return entry.origin() == Origin.OWN && !FASTEST.contains(entry.name());
  }

  /** Aliases, in the order in which tables show them. */
  public List<String> names() {
    return entries.stream().map(PlannerEntry::alias).toList();
  }

  /** Everything known, for listings. */
  public List<PlannerEntry> entries() {
    return List.copyOf(entries);
  }

  /**
   * What is known of a planner, by name or alias.
   *
   * @throws IllegalArgumentException if there is none of this name; tells the nearest
   */
  public PlannerEntry entry(PlannerSpec spec) {
    if (!byName.containsKey(spec.name())) {
      throw new IllegalArgumentException(
          "There is no planner %s. Maybe %s was meant; known are %s."
              .formatted(
                  spec.name(),
                  Nearest.of(spec.name(), byName.keySet()),
                  String.join(", ", names())));
    }
    return byName.get(spec.name());
  }

  /** Origins by the planners' names in result files. */
  public Map<String, Origin> roles(List<PlannerSpec> planners) {
    Map<String, Origin> roles = new LinkedHashMap<>();
    planners.forEach(planner -> roles.put(planner.toString(), entry(planner).origin()));
    return roles;
  }

  private void baseline(String name, String alias, Maker maker, Option... options) {
    register(new PlannerEntry(name, alias, Origin.BASELINE, List.of(options), maker));
  }

  private void published(String name, String alias, Maker maker, Option... options) {
    register(new PlannerEntry(name, alias, Origin.PUBLISHED, List.of(options), maker));
  }

  private void own(String name, String alias, Maker maker, Option... options) {
    register(new PlannerEntry(name, alias, Origin.OWN, List.of(options), maker));
  }

  private void clairvoyant(String name, String alias, Maker maker, Option... options) {
    register(new PlannerEntry(name, alias, Origin.CLAIRVOYANT, List.of(options), true, maker));
  }

  private static PlannerEntry bandit() {
    return new PlannerEntry(
        "learning.FrameBandit",
        "ans",
        Origin.PUBLISHED,
        List.of(SEED),
        true,
        (options, none) -> new FrameBandit((long) options.decimal("seed", 0, 1e9)));
  }

  private static PlannerEntry learned() {
    List<Option> options = new ArrayList<>(List.of(WEIGHTS));
    options.addAll(ExitPlanners.choosing());
    return new PlannerEntry(
        "learning.LearnedTable",
        "learned",
        Origin.OWN,
        options,
        (choice, none) ->
            new LearnedTable(
                policy(choice), ExitPlanners.joint(choice), ExitPlanners.trunk(choice)));
  }

  private static Maker deepQ() {
    return (options, none) ->
        new DeepQ(
            options.text("weights").equals("shipped")
                ? QNetwork.shipped()
                : QNetwork.read(options.file("weights")));
  }

  private static TrainedPolicy policy(Options options) {
    return options.text("weights").equals("shipped")
        ? TrainedPolicy.shipped()
        : TrainedPolicy.read(options.file("weights"));
  }

  private static Maker hedgedTable() {
    return (options, none) -> new HedgedTable(hedgedTable(options));
  }

  private static HedgedTable.Settings hedgedTable(Options options) {
    boolean table = options.flag("table");
    List<Codec> codecs = options.choices("codec", Codec.class);
    double lost = options.decimal("loss", 0, 1);
    return switch (options.text("hedge")) {
      case "auto" -> new HedgedTable.Settings(table, true, Hedge.NEVER, codecs, lost);
      case "off", "false", "no" ->
          new HedgedTable.Settings(table, false, Hedge.NEVER, codecs, lost);
      default ->
          new HedgedTable.Settings(
              table, false, new Hedge(options.decimal("hedge", 0, Double.MAX_VALUE)), codecs, lost);
    };
  }
}
