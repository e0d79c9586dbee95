package io.cleave.testbed.cli;

import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.TilewiseNetwork;
import io.cleave.policies.tiling.Grid;
import io.cleave.testbed.UserError;
import io.cleave.testbed.tiles.Retraining;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How a network is cut into tiles, and what becomes of their answers. */
final class TileOptions {
  private static final Pattern GRID = Pattern.compile("([1-9][0-9]?)x([1-9][0-9]?)");

  @Option(
      names = "--grid",
      paramLabel = "ROWSxCOLUMNS",
      defaultValue = "2x2",
      description = "Tiles (default: ${DEFAULT-VALUE}).")
  private String grid = "";

  @Option(
      names = "--convolutions",
      paramLabel = "COUNT",
      defaultValue = "3",
      description =
          "How many run in tiles, with rectifier and pool, of five (default: ${DEFAULT-VALUE}).")
  private int convolutions;

  @Option(
      names = "--clip-below",
      paramLabel = "SHARE",
      defaultValue = "0.6",
      description =
          "Share of tiles' answers that become 0, rectified ones included (default: ${DEFAULT-VALUE}).")
  private double below;

  @Option(
      names = "--clip-above",
      paramLabel = "SHARE",
      defaultValue = "0.998",
      description = "Share that stays below the upper bound (default: ${DEFAULT-VALUE}).")
  private double above;

  /**
   * A network so cut.
   *
   * @throws UserError if the grid is none
   * @throws IllegalArgumentException if the network cannot be cut so
   */
  TilewiseNetwork network(Architecture architecture) {
    Matcher sides = GRID.matcher(grid);
    if (!sides.matches()) {
      throw new UserError("A grid is written like 2x2, not '%s'.".formatted(grid));
    }
    Grid cut = new Grid(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
    return new TilewiseNetwork(architecture, convolutions, cut::tiles);
  }

  Retraining.Quantiles quantiles() {
    return new Retraining.Quantiles(below, above);
  }

  /** The grid, as it was written. */
  @Override
  public String toString() {
    return grid;
  }
}
