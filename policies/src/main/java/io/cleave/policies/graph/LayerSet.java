package io.cleave.policies.graph;

import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** An immutable set of layers of one graph, by index. */
public final class LayerSet {
  private final BitSet bits;

  private LayerSet(BitSet bits) {
    this.bits = bits;
  }

  /** Copies the given bits. */
  public static LayerSet of(BitSet layers) {
    return new LayerSet((BitSet) layers.clone());
  }

  public static LayerSet of(int... layers) {
    BitSet bits = new BitSet();
    for (int layer : layers) {
      bits.set(layer);
    }
    return new LayerSet(bits);
  }

  /** Layers {@code from} (included) to {@code to} (excluded). */
  public static LayerSet range(int from, int to) {
    BitSet bits = new BitSet(to);
    bits.set(from, to);
    return new LayerSet(bits);
  }

  public boolean contains(int layer) {
    return bits.get(layer);
  }

  public int size() {
    return bits.cardinality();
  }

  /** True if there is a layer, and no gap between the first and the last. */
  public boolean isRange() {
    return !bits.isEmpty() && bits.length() - bits.nextSetBit(0) == bits.cardinality();
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  public boolean intersects(LayerSet other) {
    return bits.intersects(other.bits);
  }

  public LayerSet union(LayerSet other) {
    BitSet union = (BitSet) bits.clone();
    union.or(other.bits);
    return new LayerSet(union);
  }

  public LayerSet minus(LayerSet other) {
    BitSet rest = (BitSet) bits.clone();
    rest.andNot(other.bits);
    return new LayerSet(rest);
  }

  /** The first layer at this index or above; -1 if there is none. For loops that must be fast. */
  public int next(int from) {
    return bits.nextSetBit(from);
  }

  /** Visits the layers in ascending order, which is an order in which they can run. */
  public void forEach(IntConsumer visit) {
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      visit.accept(i);
    }
  }

  public IntStream stream() {
    return bits.stream();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayerSet that && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  @Override
  public String toString() {
    return bits.toString();
  }
}
