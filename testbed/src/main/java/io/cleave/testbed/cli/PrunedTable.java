package io.cleave.testbed.cli;

import io.cleave.testbed.pruning.PrunedSeed;
import io.cleave.testbed.tiles.Spread;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What came of pruning, for people. */
final class PrunedTable {
  private PrunedTable() {}

  static void print(List<PrunedSeed> results, int test, PrintWriter out) {
    out.printf(
        "Left, %%: %s of the filters that can go, %s of the work, %s of the parameters%n",
        over(results, each -> 1 - each.gone()),
        over(results, PrunedSeed::workLeft),
        over(results, PrunedSeed::parametersLeft));
    out.printf("Right of %d test images, %%: whole, last filters gone, trained%n", test);
    TextTable right = new TextTable(1);
    for (int exit = 0; exit < results.get(0).exits().size(); exit++) {
      int at = exit;
      right.row(
          "exit " + (exit + 1),
          String.format(Locale.ROOT, "%.2f", 100 * results.get(0).exits().get(at).whole().test()),
          over(results, each -> each.exits().get(at).untrained()),
          over(results, each -> each.exits().get(at).trained().test()));
    }
    right.lines().forEach(line -> out.println("  " + line));
    out.flush();
  }

  private static String over(List<PrunedSeed> results, ToDoubleFunction<PrunedSeed> figure) {
    return Spread.of(results.stream().map(figure::applyAsDouble).toList()).percent();
  }
}
