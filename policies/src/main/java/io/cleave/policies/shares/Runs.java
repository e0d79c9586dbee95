package io.cleave.policies.shares;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a network can be cut into runs, and each run into pieces, whatever the machines. */
final class Runs {
  private final List<Integer> ends;
  private final List<List<Optional<Divisible>>> divisible = new ArrayList<>(); // [start][end]

  private Runs(List<Integer> ends) {
    this.ends = ends;
  }

  /** All runs of a network; time O(p^2 layers) for p positions. */
  static Runs of(DnnGraph graph) {
    List<Integer> ends = new ArrayList<>(LegalCuts.positions(graph));
    int last = graph.size() - 1;
    if (ends.get(ends.size() - 1) != last) {
      ends.add(last); // behind an early answer nothing is a position
    }
    Runs runs = new Runs(List.copyOf(ends));
    for (int start = 0; start < ends.size(); start++) {
      List<Optional<Divisible>> row = new ArrayList<>();
      for (int end = 0; end < ends.size(); end++) {
        row.add(end > start ? Divisible.of(graph, runs.layers(start, end)) : Optional.empty());
      }
      runs.divisible.add(row);
    }
    return runs;
  }

  /** Of the positions at which runs begin and end; the first is behind the input. */
  int count() {
    return ends.size();
  }

  /** Layers behind one position up to another. */
  LayerSet layers(int start, int end) {
    return LayerSet.range(ends.get(start) + 1, ends.get(end) + 1);
  }

  /** The same as what can be shared; empty if it stays in one piece. */
  Optional<Divisible> divisible(int start, int end) {
    return divisible.get(start).get(end);
  }
}
