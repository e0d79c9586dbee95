package io.cleave.policies.partition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A way from the input to the end of a block. */
final class Label {
  final Optional<Label> before; // the way to where the block begins; empty before the first layer
  final boolean far; // where the block runs
  final int end; // of the block: the layer behind it
  final Expense expense;
  final Aim.Standing promise; // no way that begins like this is better

  Label(Optional<Label> before, boolean far, int end, Expense expense, Aim.Standing promise) {
    this.before = before;
    this.far = far;
    this.end = end;
    this.expense = expense;
    this.promise = promise;
  }

  int start() {
    return before.map(label -> label.end).orElse(0);
  }

  /** Ends of all blocks, ascending, near and far by turns. */
  List<Integer> blockEnds() {
    List<Integer> ends = new ArrayList<>();
    Optional<Label> label = Optional.of(this);
    while (label.isPresent() && label.get().end > 0) {
      ends.add(label.get().end);
      label = label.get().before;
    }
    Collections.reverse(ends);
    return ends;
  }

  /**
   * What each side has when the way has been gone.
   *
   * @param near tensors on the device
   * @param far tensors on the server
   */
  record Held(BitSet near, BitSet far) {
    static Held nothing() {
      return new Held(new BitSet(), new BitSet());
    }

    BitSet on(boolean server) {
      return server ? far : near;
    }
  }
}
