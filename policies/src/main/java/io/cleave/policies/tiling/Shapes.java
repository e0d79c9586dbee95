package io.cleave.policies.tiling;

import io.cleave.policies.pieces.Strip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The grids in which machines of some speeds can share maps, for one observation. Runs that make
 * equally large maps have the same ones, so they are remembered by size.
 */
final class Shapes {
  private final double[] speeds; // [machine]
  private final Map<MapSize, List<Shape>> known = new HashMap<>();

  Shapes(double[] speeds) {
    this.speeds = speeds;
  }

  /**
   * The first machines in a grid.
   *
   * @param count of machines
   * @param columns machines a band; 1 for strips along the longest axis
   * @param full true if all of them get places in proportion to their speeds
   */
  record Shape(int count, int columns, boolean full) {
    /** Seconds that a run takes in it at least. */
    double least(Divisible run, LeastTime least) {
      int bands = count / columns;
      int axis = columns == 1 ? run.axis() : Strip.ROWS;
      if (full) {
        return least.grid(axis, bands, Strip.COLUMNS, columns);
      }
      return bands > 1 && columns > 1
          ? least.seconds(count)
          : least.strips(columns == 1 ? axis : Strip.COLUMNS, count);
    }
  }

  /** By their numbers of machines, and of these by columns. */
  List<Shape> of(Divisible run) {
    return known.computeIfAbsent(MapSize.of(run), this::all);
  }

  private List<Shape> all(MapSize size) {
    List<Shape> shapes = new ArrayList<>();
    for (int count = 2; count <= speeds.length; count++) {
      for (int columns = 1; columns <= count; columns++) {
        boolean fits = columns == 1 ? count <= size.length() : size.map();
        if (count % columns == 0 && fits) {
          shapes.add(new Shape(count, columns, isFull(size, count, columns)));
        }
      }
    }
    return shapes;
  }

  private boolean isFull(MapSize size, int count, int columns) {
    if (columns == 1) {
      return allGet(Arrays.copyOf(speeds, count), size.length());
    }
    double[] heights = new double[count / columns];
    boolean full = true;
    for (int band = 0; band < heights.length; band++) {
      double[] widths = Arrays.copyOfRange(speeds, band * columns, (band + 1) * columns);
      for (double width : widths) {
        heights[band] += width;
      }
      full &= allGet(widths, size.columns());
    }
    return full && allGet(heights, size.rows());
  }

  private static boolean allGet(double[] weights, long places) {
    return Arrays.stream(LargestRemainder.split(weights, places)).allMatch(each -> each > 0);
  }
}
