package io.cleave.policies.partition;

import java.util.Arrays;

/**
 * The shape of a directed flow network in flat arrays: each vertex's arcs lie side by side, every
 * arc has a twin in the opposite direction. Capacities come with each use. Immutable.
 */
final class FlowNetwork {
  static final int SOURCE = 0;
  static final int TARGET = 1;

  final int[] from; // [vertices + 1] where a vertex's arcs begin
  final int[] head; // [arcs] the vertex that an arc leads to
  final int[] twin; // [arcs] the same arc backwards
  final int[] rank; // [vertices] an order in which most flow runs forwards; source least
  final int[] opposite; // [vertices] the other way round, but source least and target greatest

  private FlowNetwork(int[] from, int[] head, int[] twin, int[] rank) {
    this.from = from;
    this.head = head;
    this.twin = twin;
    this.rank = rank;
    this.opposite = rank.clone();
    int greatest = 0;
    for (int v = TARGET + 1; v < rank.length; v++) {
      greatest = Math.max(greatest, rank[v]);
    }
    for (int v = TARGET + 1; v < rank.length; v++) {
      opposite[v] = 1 + greatest - rank[v];
    }
  }

  int vertices() {
    return rank.length;
  }

  int arcs() {
    return head.length;
  }

  /** Collects arcs, then lays them out. Arcs of a vertex keep the order in which they came. */
  static final class Draft {
    private int[] ends = new int[64]; // tail, head, tail, head ...
    private int[] ranks = {0, Integer.MAX_VALUE};
    private int vertices = 2;
    private int arcs;

    int vertex(int rank) {
      if (vertices == ranks.length) {
        ranks = Arrays.copyOf(ranks, 2 * vertices);
      }
      ranks[vertices] = rank;
      return vertices++;
    }

    /** Adds an arc with its twin and returns its number, which {@link #slots} turns into a slot. */
    int arc(int tail, int head) {
      if (2 * arcs == ends.length) {
        ends = Arrays.copyOf(ends, 4 * arcs);
      }
      ends[2 * arcs] = tail;
      ends[2 * arcs + 1] = head;
      return arcs++;
    }

    /** Place of each arc in the arrays of {@link #network}, by its number. */
    int[] slots() {
      int[] next = starts();
      int[] slots = new int[arcs];
      for (int a = 0; a < arcs; a++) {
        slots[a] = next[ends[2 * a]]++;
        next[ends[2 * a + 1]]++;
      }
      return slots;
    }

    FlowNetwork network() {
      int[] from = starts();
      int[] next = from.clone();
      int[] head = new int[2 * arcs];
      int[] twin = new int[2 * arcs];
      for (int a = 0; a < arcs; a++) {
        int there = next[ends[2 * a]]++;
        int back = next[ends[2 * a + 1]]++;
        head[there] = ends[2 * a + 1];
        head[back] = ends[2 * a];
        twin[there] = back;
        twin[back] = there;
      }
      return new FlowNetwork(from, head, twin, Arrays.copyOf(ranks, vertices));
    }

    private int[] starts() {
      int[] from = new int[vertices + 1];
      for (int e = 0; e < 2 * arcs; e++) {
        from[ends[e] + 1]++;
      }
      for (int v = 0; v < vertices; v++) {
        from[v + 1] += from[v];
      }
      return from;
    }
  }
}
