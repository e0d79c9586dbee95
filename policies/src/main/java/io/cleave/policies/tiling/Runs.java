package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How a network can be cut into runs, and each run into pieces, whatever the machines. */
final class Runs {
  private final List<Integer> ends;
  private final List<List<Optional<Divisible>>> divisible = new ArrayList<>(); // [start][end]
  private final double[][] inputBits; // [start][end]
  private final double[][] outputBits;

  private Runs(List<Integer> ends) {
    this.ends = ends;
    this.inputBits = new double[ends.size()][ends.size()];
    this.outputBits = new double[ends.size()][ends.size()];
  }

  /** All runs of a network; time O(p^2 layers) for p positions. */
  static Runs of(DnnGraph graph) {
    return of(graph, ends(graph));
  }

  /**
   * The same of which none ends between a layer and what works on its output element by element:
   * another end there would make no tensor smaller.
   */
  static Runs ofBlocks(DnnGraph graph) {
    int last = graph.size() - 1;
    return of(
        graph,
        ends(graph).stream()
            .filter(end -> end == 0 || end == last || !isPointwise(graph, graph.layer(end + 1)))
            .toList());
  }

  private static boolean isPointwise(DnnGraph graph, Layer layer) {
    TensorShape made = graph.tensor(layer.outputs().get(0)).shape();
    return layer.inputs().size() == 1
        && made.equals(graph.tensor(layer.inputs().get(0)).shape())
        && !layer.division().fields().isEmpty()
        && layer.division().fields().values().stream().allMatch(ReceptiveField.POINT::equals);
  }

  private static List<Integer> ends(DnnGraph graph) {
    List<Integer> ends = new ArrayList<>(LegalCuts.positions(graph));
    int last = graph.size() - 1;
    if (ends.get(ends.size() - 1) != last) {
      ends.add(last); // behind an early answer nothing is a position
    }
    return ends;
  }

  private static Runs of(DnnGraph graph, List<Integer> ends) {
    Runs runs = new Runs(List.copyOf(ends));
    for (int start = 0; start < ends.size(); start++) {
      List<Optional<Divisible>> row = new ArrayList<>();
      for (int end = 0; end < ends.size(); end++) {
        LayerSet layers = runs.layers(start, Math.max(start, end));
        row.add(end > start ? Divisible.of(graph, layers) : Optional.empty());
        runs.inputBits[start][end] = graph.sizeOf(inputs(graph, layers)).bits();
        runs.outputBits[start][end] = graph.sizeOf(Footprint.outputs(graph, layers)).bits();
      }
      runs.divisible.add(row);
    }
    return runs;
  }

  private static List<Integer> inputs(DnnGraph graph, LayerSet layers) {
    TreeSet<Integer> inputs = new TreeSet<>();
    layers.forEach(
        layer ->
            graph.layer(layer).inputs().stream()
                .filter(tensor -> !layers.contains(graph.tensor(tensor).producer()))
                .forEach(inputs::add));
    return List.copyOf(inputs);
  }

  /** Of the positions at which runs begin and end; the first is behind the input. */
  int count() {
    return ends.size();
  }

  /** Position behind which a run begins, if it does so behind one. */
  int start(LayerSet layers) {
    return ends.indexOf(layers.next(0) - 1);
  }

  /** Position at which a run ends. */
  int end(LayerSet layers) {
    return ends.indexOf(layers.stream().max().orElseThrow());
  }

  /** Layers behind one position up to another. */
  LayerSet layers(int start, int end) {
    return LayerSet.range(ends.get(start) + 1, ends.get(end) + 1);
  }

  /** The same as what can be shared; empty if it stays in one piece. */
  Optional<Divisible> divisible(int start, int end) {
    return divisible.get(start).get(end);
  }

  /** Bits of what a run reads, 32 a value. */
  double inputBits(int start, int end) {
    return inputBits[start][end];
  }

  /** Bits of what others read of a run. */
  double outputBits(int start, int end) {
    return outputBits[start][end];
  }
}
