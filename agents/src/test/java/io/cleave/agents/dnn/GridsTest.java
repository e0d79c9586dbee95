package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.tiling.Grid;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-known networks at their own sizes, in every grid from 1 x 1 to 5 x 5. */
final class GridsTest {
  private static final double WITHIN = 1e-5;
  private static final int LARGEST = 5;

  @TempDir Path folder;
  private SliceLibrary library;

  @BeforeEach
  void open() {
    library = new SliceLibrary(SliceLimits.USUAL);
  }

  @AfterEach
  void close() {
    library.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg16", "tiny-yolov2"})
  void tilesOfTheFirstLayersAreTheWhole(String name) {
    Model model = new ModelStore(folder).open("zoo:" + name, Map.of());
    check(model, runs(model.graph()));
  }

  /** 225 and 161 are odd, and so are most maps behind them. */
  @Test
  void tilesOfOddMapsAreTheWhole() {
    Map<String, TensorShape> sizes = Map.of("input", TensorShape.of(1, 3, 225, 161));
    Model model = new ModelStore(folder).open("zoo:resnet18", sizes);
    check(model, runs(model.graph()));
  }

  /** From the first layer to each place at which one tensor is open and has five rows or more. */
  private static List<LayerSet> runs(DnnGraph graph) {
    List<LayerSet> runs = new ArrayList<>();
    for (int end : LegalCuts.positions(graph)) {
      LayerSet run = LayerSet.range(1, end + 1);
      boolean divisible =
          end > 0
              && Footprint.obstacle(graph, run, Strip.ROWS).isEmpty()
              && Footprint.obstacle(graph, run, Strip.COLUMNS).isEmpty();
      if (divisible && made(graph, run).dim(Strip.ROWS) >= LARGEST) {
        runs.add(run);
      }
    }
    return runs;
  }

  private static TensorShape made(DnnGraph graph, LayerSet run) {
    return graph.tensor(Footprint.output(graph, run)).shape();
  }

  /** Each grid with another run, so that all kinds of layers are the last one. */
  private void check(Model model, List<LayerSet> runs) {
    DnnGraph graph = model.graph();
    assertThat(runs).hasSizeGreaterThan(10);
    TensorValue input = Floats.noise(graph.tensor(0), 7);
    int place = 0;
    for (int rows = 1; rows <= LARGEST; rows++) {
      for (int columns = 1; columns <= LARGEST; columns++) {
        LayerSet run = runs.get(place++ * 7 % runs.size());
        TensorValue whole = library.run(model, run, List.of(input)).get(0);
        TensorShape made = made(graph, run);
        Grid grid = new Grid(rows, columns);
        Funnel funnel = Funnel.of(graph, run);
        Map<Piece, TensorValue> tiles = new LinkedHashMap<>();
        for (Piece tile : grid.tiles(made.dim(Strip.ROWS), made.dim(Strip.COLUMNS))) {
          TensorValue part = TensorParts.cut(input, funnel.footprint(tile).part(0));
          tiles.put(tile, library.run(model, Step.piece(run, tile), List.of(part)).get(0));
        }
        assertThat(Floats.relativeDifference(whole, TensorParts.joined(tiles)))
            .as("%s of layers %s of %s", grid, run, graph.name())
            .isLessThanOrEqualTo(WITHIN);
      }
    }
  }
}
