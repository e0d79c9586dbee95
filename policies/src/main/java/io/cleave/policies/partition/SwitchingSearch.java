package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The label setting of {@link SwitchingPath}: for each layer and side, the ways to have run all
 * layers before it with the last block on that side, those left out that another covers or that
 * cannot become better than the best known, and, where there are too many, the least promising.
 */
final class SwitchingSearch {
  private static final boolean NEAR = false;
  private static final boolean FAR = true;
  private static final int ROOM = 64; // labels a layer and side

  private final DnnGraph graph;
  private final Legs legs;
  private final Aim aim;
  private final Expense queue;
  private final Outlook outlook;
  private final int layers;
  private final List<List<Label>> near = new ArrayList<>(); // [layers + 1]
  private final List<List<Label>> far = new ArrayList<>();
  private final Map<Label, Label.Held> held =
      new HashMap<>(); // labels are equal to themselves only
  private final int[][] reads; // [layer] tensors
  private final int[] producer; // [tensor] layer
  private final double[] size; // [tensor] bits
  private final BitSet sloped;
  private final int[] seen; // [tensor] last walk that counted it
  private int walk;
  private Aim.Standing standing;
  private Optional<Label> best = Optional.empty();
  private Expense bestExpense = Expense.NEVER;
  private boolean proven = true;

  /**
   * @param queue what passes before the first layer
   * @param standing of the best way known
   */
  SwitchingSearch(DnnGraph graph, Legs legs, Aim aim, Expense queue, Aim.Standing standing) {
    this.graph = graph;
    this.legs = legs;
    this.aim = aim;
    this.standing = standing;
    this.queue = queue;
    this.outlook = Outlook.of(graph, legs, aim, queue, standing);
    this.layers = graph.size();
    this.reads =
        graph.layers().stream()
            .map(layer -> layer.inputs().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.producer = graph.tensors().stream().mapToInt(Tensor::producer).toArray();
    this.size = graph.tensors().stream().mapToDouble(tensor -> tensor.size().bits()).toArray();
    this.sloped = legs.sloped();
    this.seen = new int[producer.length];
    for (int end = 0; end <= layers; end++) {
      near.add(new ArrayList<>());
      far.add(new ArrayList<>());
    }
  }

  /** The best way, if it is better than the one known. */
  Optional<Label> run() {
    Label root = new Label(Optional.empty(), FAR, 0, queue, standing);
    held.put(root, Label.Held.nothing());
    extend(root);
    for (int end = 1; end < layers; end++) {
      for (List<List<Label>> side : List.of(near, far)) {
        for (Label label : side.get(end)) {
          if (!label.promise.surelyWorseThan(standing)) {
            held.put(label, heldAfter(label));
            extend(label);
          }
        }
      }
    }
    return best;
  }

  /** False if ways were left out for lack of room, of which one may be better. */
  boolean proven() {
    return proven;
  }

  /** What the best way takes. */
  Expense expense() {
    return bestExpense;
  }

  private Aim.Standing promise(Expense expense, boolean side, int end, boolean open) {
    return outlook.promise(expense, new Floors.Place(side, end, open));
  }

  /** Tries every block that begins here on the other side. */
  private void extend(Label from) {
    boolean other = !from.far;
    walk++;
    BitSet present = heldBy(from).on(other);
    double bits = 0;
    double slopedBits = 0;
    Expense work = block(other, from.end, from.end);
    for (int end = from.end + 1; end <= layers; end++) {
      for (int tensor : reads[end - 1]) {
        if (producer[tensor] < from.end && seen[tensor] != walk && !present.get(tensor)) {
          seen[tensor] = walk;
          bits += size[tensor];
          slopedBits += sloped.get(tensor) ? size[tensor] : 0;
        }
      }
      Freight freight = new Freight(bits, slopedBits);
      Expense moved = from.expense.plus(other == FAR ? legs.up(freight) : legs.down(freight));
      work = work.plus(other == FAR ? legs.farLayer(end - 1) : legs.nearLayer(end - 1));
      if (promise(moved.plus(work), other, end, true).surelyWorseThan(standing)) {
        return; // longer blocks take no less
      }
      Expense expense = moved.plus(block(other, from.end, end));
      if (end == layers) {
        finish(from, expense);
      } else {
        Aim.Standing promise = promise(expense, other, end, false);
        keep(new Label(Optional.of(from), other, end, expense, promise));
      }
    }
  }

  private Expense block(boolean side, int from, int to) {
    return side == FAR ? legs.far(from, to) : legs.near(from, to);
  }

  /** Keeps a way unless one that is kept covers it, and nothing that it covers. */
  private void keep(Label label) {
    List<Label> others = (label.far ? far : near).get(label.end);
    if (label.promise.surelyWorseThan(standing)
        || others.stream().anyMatch(kept -> aim.covers(kept.expense, label.expense))) {
      return;
    }
    others.removeIf(kept -> aim.covers(label.expense, kept.expense));
    others.add(label);
    if (others.size() > ROOM) {
      others.remove(Collections.max(others, Comparator.comparing(kept -> kept.promise)));
      proven = false;
    }
  }

  /** The last block has run, and the answers come home that the device has not. */
  private void finish(Label from, Expense expense) {
    BitSet atHome = heldBy(from).near();
    boolean side = !from.far;
    double bits = 0;
    for (int answer : graph.outputs()) {
      boolean made = producer[answer] >= from.end;
      boolean here =
          made ? side == NEAR : atHome.get(answer) || (side == NEAR && seen[answer] == walk);
      bits += here ? 0 : size[answer];
    }
    Expense whole = expense.plus(legs.home(bits));
    if (aim.of(whole).betterThan(standing)) {
      standing = aim.of(whole);
      bestExpense = whole;
      best = Optional.of(new Label(Optional.of(from), side, layers, whole, standing));
    }
  }

  private Label.Held heldBy(Label label) {
    return Objects.requireNonNull(held.get(label));
  }

  private Label.Held heldAfter(Label label) {
    Label.Held before = label.before.map(this::heldBy).orElseGet(Label.Held::nothing);
    Label.Held after =
        new Label.Held((BitSet) before.near().clone(), (BitSet) before.far().clone());
    BitSet side = after.on(label.far);
    for (int layer = label.start(); layer < label.end; layer++) {
      graph.layer(layer).inputs().forEach(side::set);
      graph.layer(layer).outputs().forEach(side::set);
    }
    return after;
  }
}
