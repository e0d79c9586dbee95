package io.cleave.testbed.cli;

import io.cleave.testbed.tiles.SeedResult;
import io.cleave.testbed.tiles.Spread;
import io.cleave.testbed.tiles.TileStudy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What came of retraining in tiles, for people. */
final class TilesTable {
  private TilesTable() {}

  static void print(List<SeedResult> results, PrintWriter out) {
    TileStudy first = results.get(0).study();
    out.printf(
        "Right of %d test images, %%: with the weights of the step before, retrained%n",
        first.images());
    TextTable table = new TextTable(1);
    for (int step = 0; step < results.get(0).steps().size(); step++) {
      int at = step;
      table.row(
          results.get(0).steps().get(step).step(),
          over(results, each -> each.steps().get(at).before()),
          over(results, each -> each.steps().get(at).after()));
    }
    table.lines().forEach(line -> out.println("  " + line));
    out.printf(
        Locale.ROOT, "Lost in the end, points: %s%n", over(results, each -> each.lost() / 100));
    out.println("With zeros in the place of a tile, retrained for none, %:");
    TextTable lost = new TextTable(1);
    for (int tile = 0; tile < first.tiles().size(); tile++) {
      int at = tile;
      lost.row(
          "tile " + (tile + 1), over(results, each -> each.study().tiles().get(at).rightWithout()));
    }
    lost.lines().forEach(line -> out.println("  " + line));
    out.printf(
        Locale.ROOT,
        "Bytes of all tiles of an image: %d as floats, %d in 4 bits, %.0f with run lengths%n",
        first.floatBytes(),
        first.packedBytes(),
        results.stream().mapToDouble(each -> each.study().codedBytes()).average().orElseThrow());
    out.flush();
  }

  private static String over(List<SeedResult> results, ToDoubleFunction<SeedResult> figure) {
    return Spread.of(results.stream().map(figure::applyAsDouble).toList()).percent();
  }
}
