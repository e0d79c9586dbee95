package io.cleave.policies.catalog;

import io.cleave.policies.catalog.PlannerEntry.Maker;
import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.exits.Adda;
import io.cleave.policies.exits.BandwidthStates;
import io.cleave.policies.exits.BranchyNet;
import io.cleave.policies.exits.Ddnn;
import io.cleave.policies.exits.Direction;
import io.cleave.policies.exits.EdgentDynamic;
import io.cleave.policies.exits.EdgentStatic;
import io.cleave.policies.exits.JointExits;
import io.cleave.policies.partition.BlockMinCut;
import io.cleave.policies.partition.HedgedTable;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import java.util.List;

/** The planners that choose where frames leave, for the catalogue. */
final class ExitPlanners {
  private static final Option THRESHOLD =
      new Option(
          "threshold",
          "0.5",
          "from 0 to 1",
          "Normalised entropy below which a frame leaves early; smaller is stricter.");
  private static final Option CHANGE =
      new Option(
          "change",
          "0.1",
          "from 0 to 10",
          "Relative change of link or load that calls for a plan.");
  private static final Option LOSS =
      new Option(
          "loss", "0.005", "from 0 to 1", "Accuracy that may be lost against the last exit alone.");
  private static final Option EARLY =
      new Option("early", "3", "from 0 to 20", "Exits that are asked before the last, at most.");
  private static final Option STEPS =
      new Option("steps", "12", "from 1 to 100", "Thresholds that are tried at each exit.");
  private static final Option GOAL =
      new Option(
          "goal",
          "auto",
          "auto, latency or accuracy",
          "Least latency, most right answers in time, or the latter if there is a deadline.");
  private static final Option NET =
      new Option(
          "hedge",
          "on",
          "on or off",
          "Carry on locally so that frames meet the deadline when the answer does not come.");
  private static final Option CODECS =
      new Option(
          "codec",
          "any",
          "any, which is fp32/fp16 with exits and fp32 without, or codecs, as in fp32/int8-channel/int4-zeros",
          "In what forms tensors may cross; others than these two may cost right answers.");
  private static final Option ONE_RATE =
      new Option(
          "table",
          "off",
          "on or off",
          "Decide for every uplink rate, or for the observed one only.");
  private static final Option DIRECTION =
      new Option(
          "direction",
          "edge-first",
          "edge-first or device-first",
          "Which side runs the first layers; edge first as published.");
  private static final Option STATES =
      new Option(
          "states",
          "grid",
          "grid, or rates in Mbit/s of 0.001 to 100000, ascending, as in 0.1/0.5/2",
          "Link rates for which a strategy is kept; the grid is 0.05 to 102 in steps of a root of 2.");
  private static final Option EXPECTED_RUN =
      new Option(
          "expected-run",
          "300",
          "a number in 20..1000000",
          "Decisions between two changes of a link on average.");

  private ExitPlanners() {}

  static List<PlannerEntry> published() {
    return List.of(
        published("exits.Ddnn", "ddnn", ddnn(), THRESHOLD.with("0.5")),
        published("exits.BranchyNet", "branchynet", branchyNet(), LOSS, EARLY, STEPS),
        published("exits.EdgentStatic", "edgent", edgentStatic(), DIRECTION, ONE_RATE),
        published(
            "exits.EdgentDynamic",
            "edgent-dynamic",
            edgentDynamic(),
            DIRECTION,
            STATES,
            EXPECTED_RUN),
        published("exits.Adda", "adda", adda(), THRESHOLD.with("0.3"), CHANGE));
  }

  static List<PlannerEntry> own() {
    return List.of(
        new PlannerEntry(
            "exits.JointExits",
            "joint",
            Origin.OWN,
            choosing(),
            (options, none) -> joint(options)));
  }

  private static PlannerEntry published(String name, String alias, Maker maker, Option... options) {
    return new PlannerEntry(name, alias, Origin.PUBLISHED, List.of(options), maker);
  }

  private static Maker ddnn() {
    return (options, none) -> new Ddnn(options.decimal("threshold", 0, 1));
  }

  private static Maker adda() {
    return (options, none) ->
        new Adda(options.decimal("threshold", 0, 1), options.decimal("change", 0, 10));
  }

  private static Maker branchyNet() {
    return (options, none) ->
        new BranchyNet(
            options.decimal("loss", 0, 1),
            (int) options.decimal("early", 0, 20),
            (int) options.decimal("steps", 1, 100));
  }

  /** Options of {@link #joint}. */
  static List<Option> choosing() {
    return List.of(GOAL, LOSS, EARLY, STEPS, CODECS, NET);
  }

  static JointExits joint(Options options) {
    return new JointExits(
        options.choice("goal", JointExits.Goal.class),
        new JointExits.Settings(
            options.decimal("loss", 0, 1),
            (int) options.decimal("early", 0, 20),
            (int) options.decimal("steps", 1, 100),
            isAny(options)
                ? List.of(Codec.FP32, Codec.FP16)
                : options.choices("codec", Codec.class),
            options.flag("hedge")),
        isAny(options)
            ? new BlockMinCut()
            : new HedgedTable(
                new HedgedTable.Settings(
                    false,
                    false,
                    Hedge.NEVER,
                    options.choices("codec", Codec.class),
                    options.decimal("loss", 0, 1))));
  }

  private static boolean isAny(Options options) {
    return options.text("codec").equals("any");
  }

  /** How networks without exits are cut by a planner that hedges. */
  static HedgedTable.Settings trunk(Options options) {
    return isAny(options)
        ? HedgedTable.Settings.STANDARD
        : HedgedTable.Settings.STANDARD.with(
            options.choices("codec", Codec.class), options.decimal("loss", 0, 1));
  }

  private static Maker edgentStatic() {
    return (options, none) ->
        new EdgentStatic(
            new EdgentStatic.Settings(
                options.choice("direction", Direction.class), options.flag("table")));
  }

  private static Maker edgentDynamic() {
    return (options, none) ->
        new EdgentDynamic(
            new EdgentDynamic.Settings(
                options.choice("direction", Direction.class),
                states(options),
                options.decimal("expected-run", 20, 1e6)));
  }

  private static BandwidthStates states(Options options) {
    return options.text("states").equals("grid")
        ? BandwidthStates.standard()
        : new BandwidthStates(
            options.ascending("states", 1e-3, 1e5).stream().map(mbps -> mbps * 1e6).toList());
  }
}
