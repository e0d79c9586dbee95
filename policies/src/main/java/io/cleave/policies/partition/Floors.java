package io.cleave.policies.partition;

import io.cleave.policies.graph.DnnGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * What the rest of a way takes at least: the cheapest of all rests if a change of sides moved only
 * what its first layer reads of the layer right before. On a chain that is what the cheapest rest
 * takes.
 */
final class Floors {
  private final Expense[] nearAlong; // [layers + 1] the block may go on
  private final Expense[] farAlong;
  private final Expense[] nearEnd; // [layers + 1] the block ends
  private final Expense[] farEnd;

  private Expense whole = Expense.NEVER;

  private Floors(int layers) {
    nearAlong = new Expense[layers + 1];
    farAlong = new Expense[layers + 1];
    nearEnd = new Expense[layers + 1];
    farEnd = new Expense[layers + 1];
  }

  /**
   * Time O(layers + reads).
   *
   * @param cheaper of two rests, or the least of each of their figures
   */
  static Floors of(DnnGraph graph, Legs legs, BinaryOperator<Expense> cheaper) {
    int layers = graph.size();
    Floors floors = new Floors(layers);
    floors.nearAlong[layers] = Expense.FREE;
    floors.nearEnd[layers] = Expense.FREE;
    floors.farAlong[layers] = legs.home(bits(graph, graph.outputs(), layers - 1));
    floors.farEnd[layers] = floors.farAlong[layers];
    for (int p = layers - 1; p > 0; p--) {
      Freight freight = fresh(graph, legs, p);
      Expense near = legs.nearLayer(p).plus(floors.nearAlong[p + 1]);
      Expense far = legs.farLayer(p).plus(floors.farAlong[p + 1]);
      floors.nearEnd[p] = legs.up(freight).plus(legs.far(p, p)).plus(far);
      floors.farEnd[p] = legs.down(freight).plus(legs.near(p, p)).plus(near);
      floors.nearAlong[p] = cheaper.apply(near, floors.nearEnd[p]);
      floors.farAlong[p] = cheaper.apply(far, floors.farEnd[p]);
    }
    floors.whole =
        layers < 2
            ? Expense.FREE
            : cheaper.apply(
                floors.nearEnd[1],
                legs.near(2, 2).plus(legs.nearLayer(1)).plus(floors.nearAlong[2]));
    return floors;
  }

  /** Of a whole way, the device's queue apart. */
  Expense whole() {
    return whole;
  }

  /**
   * How far a way has come.
   *
   * @param far whether its last block is on the server
   * @param end the layer behind it
   * @param open whether the block may go on
   */
  record Place(boolean far, int end, boolean open) {}

  /** Of the rest of a way that has come so far. */
  Expense rest(Place place) {
    if (place.open()) {
      return place.far() ? farAlong[place.end()] : nearAlong[place.end()];
    }
    return place.far() ? farEnd[place.end()] : nearEnd[place.end()];
  }

  private static Freight fresh(DnnGraph graph, Legs legs, int layer) {
    List<Integer> sloped = new ArrayList<>(graph.layer(layer).inputs());
    sloped.removeIf(tensor -> !legs.sloped().get(tensor));
    return new Freight(
        bits(graph, graph.layer(layer).inputs(), layer - 1), bits(graph, sloped, layer - 1));
  }

  private static double bits(DnnGraph graph, List<Integer> tensors, int producer) {
    double bits = 0;
    for (int tensor : tensors) {
      bits += graph.tensor(tensor).producer() == producer ? graph.tensor(tensor).size().bits() : 0;
    }
    return bits;
  }
}
