package io.cleave.policies.catalog;

import io.cleave.policies.catalog.PlannerEntry.Maker;
import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.cost.Airtime;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.tiling.ApartTiles;
import io.cleave.policies.tiling.BiasedStrips;
import io.cleave.policies.tiling.FineGrained;
import io.cleave.policies.tiling.FusedBlocks;
import io.cleave.policies.tiling.FusedTiles;
import io.cleave.policies.tiling.GreedyTiles;
import io.cleave.policies.tiling.Grid;
import io.cleave.policies.tiling.JointTiles;
import io.cleave.policies.tiling.Terms;
import io.cleave.policies.tiling.WeightShards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The planners that share layers among machines, for the catalogue. */
final class TilingPlanners {
  private static final Option CODEC =
      new Option(
          "codec",
          "fp32",
          Arrays.stream(Codec.values())
              .filter(Codec::servesAll)
              .map(codec -> codec.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .collect(Collectors.joining(", ", "one of ", "")),
          "In which form pieces cross.");
  private static final Option AIRTIME =
      new Option(
          "airtime",
          "separate",
          "separate or shared",
          "Each helper has a link of its own, or all share the device's radio.");
  private static final Option GRID =
      new Option("grid", "5x5", "rows x columns, 1x1 to 9x9", "Tiles of the fused layers.");
  private static final Option FUSED =
      new Option(
          "fused",
          "best",
          "best or from 1 to 1000",
          "Layers fused from the first on, those that work element by element not counted.");
  private static final Option REUSE =
      new Option(
          "reuse",
          "off",
          "on or off",
          "Every other tile takes what overlaps from its neighbours, where layers are a chain.");
  private static final Option EXCHANGE =
      new Option(
          "exchange",
          "off",
          "on or off",
          "Machines may keep their pieces and hand each other what the next layers need.");

  private static final Option RETRAINED =
      new Option(
          "retrained",
          "named",
          "named or assumed",
          "Only networks whose file says for which tiles they were retrained, or any: answers of others are wrong then.");
  private static final Option DEADLINE =
      new Option(
          "deadline",
          "1.6",
          "1.01 to 100",
          "When a tile that is missing is zeros, as a multiple of what all are foretold to take.");

  private TilingPlanners() {}

  static List<PlannerEntry> published() {
    return List.of(
        entry("tiling.FineGrained", "dina-p", Origin.PUBLISHED, FineGrained::new),
        entry("tiling.BiasedStrips", "modnn", Origin.PUBLISHED, BiasedStrips::new),
        entry("tiling.GreedyTiles", "mednn", Origin.PUBLISHED, GreedyTiles::new),
        entry(
            "tiling.FusedTiles",
            "deepthings",
            Origin.PUBLISHED,
            (options, none) ->
                new FusedTiles(grid(options), fused(options), reuse(options), terms(options)),
            GRID,
            FUSED,
            REUSE),
        entry(
            "tiling.FusedBlocks",
            "aofl",
            Origin.PUBLISHED,
            (options, none) -> new FusedBlocks(exchange(options), terms(options)),
            EXCHANGE),
        entry("tiling.WeightShards", "fully-distributed", Origin.PUBLISHED, WeightShards::new),
        entry(
            "tiling.ApartTiles",
            "adcnn",
            Origin.PUBLISHED,
            (options, none) ->
                new ApartTiles(
                    options.choice("retrained", ApartTiles.Retrained.class),
                    options.decimal("deadline", 1.01, 100),
                    terms(options)),
            RETRAINED,
            DEADLINE));
  }

  static List<PlannerEntry> own() {
    return List.of(entry("tiling.JointTiles", "joint-tiles", Origin.OWN, JointTiles::new));
  }

  private static PlannerEntry entry(
      String name, String alias, Origin origin, Function<Terms, Planner> maker) {
    return entry(name, alias, origin, (options, none) -> maker.apply(terms(options)));
  }

  private static PlannerEntry entry(
      String name, String alias, Origin origin, Maker maker, Option... more) {
    List<Option> options = new ArrayList<>(List.of(CODEC, AIRTIME));
    options.addAll(List.of(more));
    return new PlannerEntry(name, alias, origin, options, maker);
  }

  private static Terms terms(Options options) {
    return new Terms(
        options.choice("codec", Codec.class, Codec::servesAll),
        options.choice("airtime", Airtime.class));
  }

  private static Grid grid(Options options) {
    List<Integer> sizes = options.sizes("grid", 2, 1, 9);
    return new Grid(sizes.get(0), sizes.get(1));
  }

  private static FusedTiles.Reuse reuse(Options options) {
    return options.flag("reuse") ? FusedTiles.Reuse.CHECKERED : FusedTiles.Reuse.NONE;
  }

  private static FusedBlocks.Exchange exchange(Options options) {
    return options.flag("exchange") ? FusedBlocks.Exchange.ON : FusedBlocks.Exchange.OFF;
  }

  private static OptionalInt fused(Options options) {
    return options.text("fused").equals("best")
        ? OptionalInt.empty()
        : OptionalInt.of((int) options.decimal("fused", 1, 1000));
  }
}
