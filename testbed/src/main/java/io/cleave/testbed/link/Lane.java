package io.cleave.testbed.link;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One direction of a link, without sockets and without a clock: what enters waits in line, first
 * come first served, crosses in portions as the {@link Course} allows, and then travels for half a
 * round trip. The end of each portion is worked out from the end of the one before, never from when
 * somebody looked, so that being late adds up to nothing.
 *
 * <p>A portion is what crosses in a millisecond: small enough that several connections share the
 * link smoothly and that none lasts through a change of the rate, large enough to be worth a system
 * call. Not for several threads.
 *
 * @param <T> what enters; portions of it leave in order
 */
final class Lane<T> {
  /** No portion is smaller, unless less is there. */
  static final int LEAST_PORTION = 512;

  static final int LARGEST_PORTION = 64 * 1024;

  /** Nothing is due. */
  static final long NEVER = Long.MAX_VALUE;

  private static final double PORTION_SECONDS = 1e-3;

  /** Senders that were held back go on when this share of the line is free. */
  private static final double EASED = 0.25;

  private final Course course;
  private final QueueBound bound;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private final Deque<Portion<T>> travelling = new ArrayDeque<>();
  private long queuedBytes;
  private int portionBytes; // 0 if nothing crosses
  private long startNanos;
  private long finishNanos;
  private long lastDueNanos = Long.MIN_VALUE;
  private long cutNanos = NEVER;

  Lane(Course course, QueueBound bound) {
    this.course = course;
    this.bound = bound;
  }

  /**
   * A part of what entered, on its way.
   *
   * @param dueNanos when it arrives
   */
  record Portion<T>(T item, int bytes, long dueNanos) {}

  private static final class Waiting<T> {
    private final T item;
    private final long enteredNanos;
    private int bytes;

    Waiting(T item, int bytes, long enteredNanos) {
      this.item = item;
      this.bytes = bytes;
      this.enteredNanos = enteredNanos;
    }
  }

  /**
   * Joins the line.
   *
   * @param bytes at least 1
   */
  void enter(T item, int bytes, long nowNanos) {
    if (bytes < 1) {
      throw new IllegalArgumentException("At least 1 byte enters a link, not %d.".formatted(bytes));
    }
    waiting.add(new Waiting<>(item, bytes, nowNanos));
    queuedBytes += bytes;
    if (portionBytes == 0) {
      start(nowNanos);
    }
  }

  /** Gives out, in order, all that has arrived by now. */
  void advance(long nowNanos, Consumer<Portion<T>> arrived) {
    if (isCut()) {
      return;
    }
    cross(nowNanos);
    while (!travelling.isEmpty() && travelling.element().dueNanos() <= nowNanos) {
      arrived.accept(travelling.remove());
    }
  }

  /** When something arrives next. */
  long nextNanos() {
    if (isCut()) {
      return NEVER;
    }
    if (!travelling.isEmpty()) {
      return travelling.element().dueNanos();
    }
    return portionBytes > 0 ? dueNanos() : NEVER;
  }

  /** Bytes that may still enter; 0 or less if the line is full. */
  long roomBytes(long nowNanos) {
    if (!isCut()) {
      cross(nowNanos);
    }
    return boundBytes(nowNanos) - queuedBytes;
  }

  /** Bytes that may wait. */
  private int boundBytes(long nowNanos) {
    return bound.bytes(isCut() ? 0 : course.bytesWithin(nowNanos, bound.seconds()));
  }

  /** True if the line is short enough to let in those that were held back. */
  boolean hasEased(long nowNanos) {
    return roomBytes(nowNanos) >= EASED * boundBytes(nowNanos);
  }

  /** When, as things are, {@link #hasEased}. */
  long easedNanos(long nowNanos) {
    if (isCut()) {
      return NEVER;
    }
    if (hasEased(nowNanos)) {
      return nowNanos;
    }
    double missing = EASED * boundBytes(nowNanos) - roomBytes(nowNanos);
    return Math.max(finishNanos, course.finishNanos(startNanos, (int) Math.max(0, missing)));
  }

  /** Bytes that wait or are crossing. */
  long queuedBytes() {
    return queuedBytes;
  }

  /** A size in which connections take turns: two portions, and no more than may wait. */
  int turnBytes(long nowNanos) {
    double usual = isCut() ? 0 : course.bytesWithin(nowNanos, 2 * PORTION_SECONDS);
    double most = Math.min(LARGEST_PORTION, Math.min(usual, boundBytes(nowNanos)));
    return (int) Math.max(LEAST_PORTION, most);
  }

  boolean isCut() {
    return cutNanos != NEVER;
  }

  /** Nothing crosses or arrives any more until {@link #restore}. */
  void cut(long nowNanos) {
    cutNanos = Math.min(cutNanos, nowNanos);
  }

  /**
   * The link goes on with what waited. The portion that was crossing starts anew, what travelled
   * travels on, and what the link could have carried meanwhile is lost.
   */
  void restore(long nowNanos) {
    if (!isCut()) {
      return;
    }
    long pause = nowNanos - cutNanos;
    cutNanos = NEVER;
    lastDueNanos += lastDueNanos == Long.MIN_VALUE ? 0 : pause;
    for (int i = travelling.size(); i > 0; i--) {
      Portion<T> portion = travelling.remove();
      travelling.add(new Portion<>(portion.item(), portion.bytes(), portion.dueNanos() + pause));
    }
    start(nowNanos);
  }

  /** Begins the recording; the portion that is crossing ends as it would have. */
  void begin(long nanos) {
    course.begin(nanos);
  }

  /** Gives out everything that is still here, once each, and forgets it. */
  void drain(Consumer<T> each) {
    Set<T> left = Collections.newSetFromMap(new IdentityHashMap<>());
    travelling.forEach(portion -> left.add(portion.item()));
    waiting.forEach(rest -> left.add(rest.item));
    travelling.clear();
    waiting.clear();
    queuedBytes = 0;
    portionBytes = 0;
    left.forEach(each);
  }

  private void cross(long nowNanos) {
    while (portionBytes > 0 && finishNanos <= nowNanos) {
      crossed();
    }
  }

  private void start(long earliestNanos) {
    if (waiting.isEmpty()) {
      portionBytes = 0;
      return;
    }
    Waiting<T> head = waiting.element();
    startNanos = Math.max(earliestNanos, head.enteredNanos);
    double usual = course.bytesWithin(startNanos, PORTION_SECONDS);
    int most = (int) Math.max(LEAST_PORTION, Math.min(LARGEST_PORTION, usual));
    portionBytes = Math.min(head.bytes, most);
    finishNanos = course.finishNanos(startNanos, portionBytes);
  }

  /** When the portion that is crossing arrives; never before the one ahead of it. */
  private long dueNanos() {
    return Math.max(lastDueNanos, finishNanos + course.delayNanos(finishNanos));
  }

  private void crossed() {
    Waiting<T> head = waiting.element();
    lastDueNanos = dueNanos();
    travelling.add(new Portion<>(head.item, portionBytes, lastDueNanos));
    queuedBytes -= portionBytes;
    head.bytes -= portionBytes;
    if (head.bytes == 0) {
      waiting.remove();
    }
    start(finishNanos);
  }
}
