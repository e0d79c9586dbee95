package io.cleave.policies.matching;

import java.util.Arrays;

/** Bids of devices for other places that may be part of an exchange, in lists by both places. */
final class Candidates {
  private static final int END = -1;

  private final int places;
  private final int[] first; // [from x to]
  private int[] next = new int[256];
  private int[] device = new int[256];
  private int[] bid = new int[256];
  private double[] added = new double[256]; // by price
  private int count;

  Candidates(int places) {
    this.places = places;
    this.first = new int[places * places];
  }

  void clear() {
    Arrays.fill(first, END);
    count = 0;
  }

  void add(int ofDevice, int itsBid, int from, int to, double adds) {
    if (count == next.length) {
      next = Arrays.copyOf(next, 2 * count);
      device = Arrays.copyOf(device, 2 * count);
      bid = Arrays.copyOf(bid, 2 * count);
      added = Arrays.copyOf(added, 2 * count);
    }
    int list = from * places + to;
    next[count] = first[list];
    device[count] = ofDevice;
    bid[count] = itsBid;
    added[count] = adds;
    first[list] = count++;
  }

  /** True if there are some both ways. */
  boolean any(int one, int other) {
    return first(one, other) != END && first(other, one) != END;
  }

  /** The first of a list, or -1. */
  int first(int from, int to) {
    return first[from * places + to];
  }

  /** The one behind it, or -1. */
  int next(int candidate) {
    return next[candidate];
  }

  int device(int candidate) {
    return device[candidate];
  }

  int bid(int candidate) {
    return bid[candidate];
  }

  double added(int candidate) {
    return added[candidate];
  }
}
