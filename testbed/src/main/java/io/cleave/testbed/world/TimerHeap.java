package io.cleave.testbed.world;

import java.util.Arrays;

/**
 * Timers of a simulation, by number: each is set to one time or to none. The next to fire is the
 * earliest; of equal ones the one that was set first. Setting, clearing and firing take O(log
 * timers that are set) and allocate nothing, so that what is cancelled leaves no trace.
 */
final class TimerHeap {
  private static final int ABSENT = -1;

  private int[] heap = new int[64]; // [size] timers, the earliest first
  private double[] times = new double[64]; // [timer] seconds
  private long[] orders = new long[64]; // [timer] when it was set
  private int[] places = new int[64]; // [timer] index in heap, or ABSENT
  private int size;
  private long order;

  TimerHeap() {
    Arrays.fill(places, ABSENT);
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isSet(int timer) {
    return timer < places.length && places[timer] != ABSENT;
  }

  /** The time to which a timer is set. */
  double time(int timer) {
    return times[timer];
  }

  /** Sets a timer, or moves it if it is set. */
  void set(int timer, double seconds) {
    if (timer >= places.length) {
      grow(timer + 1);
    }
    times[timer] = seconds;
    orders[timer] = order++;
    int place = places[timer];
    if (place == ABSENT) {
      place = size++;
      rise(place, timer);
    } else {
      sink(place, timer);
      rise(places[timer], timer);
    }
  }

  /** Clears a timer if it is set. */
  void clear(int timer) {
    if (!isSet(timer)) {
      return;
    }
    int place = places[timer];
    places[timer] = ABSENT;
    int last = heap[--size];
    if (place != size) {
      sink(place, last);
      rise(places[last], last);
    }
  }

  /** The number of the next timer to fire, which is cleared. */
  int next() {
    int timer = heap[0];
    places[timer] = ABSENT;
    int last = heap[--size];
    if (size > 0) {
      sink(0, last);
    }
    return timer;
  }

  private boolean before(int a, int b) {
    return times[a] < times[b] || (times[a] == times[b] && orders[a] < orders[b]);
  }

  private void rise(int from, int timer) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!before(timer, heap[parent])) {
        break;
      }
      put(place, heap[parent]);
      place = parent;
    }
    put(place, timer);
  }

  private void sink(int from, int timer) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], timer)) {
        break;
      }
      put(place, heap[child]);
      place = child;
    }
    put(place, timer);
  }

  private void put(int place, int timer) {
    heap[place] = timer;
    places[timer] = place;
  }

  private void grow(int least) {
    int old = places.length;
    int length = Math.max(least, 2 * old);
    heap = Arrays.copyOf(heap, length);
    times = Arrays.copyOf(times, length);
    orders = Arrays.copyOf(orders, length);
    places = Arrays.copyOf(places, length);
    Arrays.fill(places, old, length, ABSENT);
  }
}
