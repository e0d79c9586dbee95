package io.cleave.testbed.link;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One direction of a link between its sockets: takes what gates have read into the {@link Lane},
 * hands what has arrived to the gates opposite, and holds gates back while the line is full. Only
 * the link's event loop calls it.
 */
final class Direction {
  private static final int LEAST_READ = 512;
  private static final int LARGEST_READ = 64 * 1024;

  /** A read is about this much of the present rate, so that connections take turns. */
  private static final double READ_SECONDS = 2e-3;

  private final Lane<Cargo> lane;
  private final LongSupplier clock;
  private final Runnable changed;
  private final Set<Gate> held = new LinkedHashSet<>();
  private final Set<Gate> touched = new LinkedHashSet<>();
  private long enteredBytes;
  private long arrivedBytes;
  private long worstLateNanos;

  /**
   * @param changed is called when {@link #nextNanos} may be another one
   */
  Direction(Lane<Cargo> lane, LongSupplier clock, Runnable changed) {
    this.lane = lane;
    this.clock = clock;
    this.changed = changed;
  }

  Lane<Cargo> lane() {
    return lane;
  }

  void enter(Cargo cargo) {
    if (cargo.kind() == Cargo.Kind.BYTES) {
      enteredBytes += cargo.size();
    }
    lane.enter(cargo, cargo.size(), clock.getAsLong());
    changed.run();
  }

  /** Hands over what has arrived, and lets gates read again if there is room. */
  void advance() {
    long now = clock.getAsLong();
    lane.advance(now, portion -> arrive(portion, now));
    touched.forEach(Gate::flush);
    touched.clear();
    if (!held.isEmpty() && lane.hasEased(now)) {
      List<Gate> again = new ArrayList<>(held);
      held.clear();
      again.forEach(Gate::readOn);
    }
  }

  /** When {@link #advance} has something to do next. */
  long nextNanos() {
    long arrival = lane.nextNanos();
    return held.isEmpty() ? arrival : Math.min(arrival, lane.easedNanos(clock.getAsLong()));
  }

  private void arrive(Lane.Portion<Cargo> portion, long now) {
    worstLateNanos = Math.max(worstLateNanos, now - portion.dueNanos());
    Cargo cargo = portion.item();
    if (cargo.kind() == Cargo.Kind.BYTES) {
      arrivedBytes += portion.bytes();
    }
    cargo.to().take(cargo, portion.bytes());
    touched.add(cargo.to());
  }

  boolean hasRoom() {
    return lane.roomBytes(clock.getAsLong()) > 0;
  }

  /** Calls {@link Gate#readOn} when there is room. */
  void hold(Gate gate) {
    held.add(gate);
    changed.run();
  }

  void forget(Gate gate) {
    held.remove(gate);
  }

  LinkCounts.Way counts() {
    return new LinkCounts.Way(
        enteredBytes, arrivedBytes, lane.queuedBytes(), worstLateNanos * 1e-9);
  }

  /** Reads are as long as there is room for; one whose room went meanwhile is a short one. */
  DefaultMaxMessagesRecvByteBufAllocator reads() {
    return new DefaultMaxMessagesRecvByteBufAllocator(1) {
      @Override
      public MaxMessageHandle newHandle() {
        return new MaxMessageHandle() {
          @Override
          public int guess() {
            return readBytes();
          }
        };
      }
    };
  }

  private int readBytes() {
    long now = clock.getAsLong();
    double turn = lane.bitsPerSecond(now) * READ_SECONDS / 8;
    long most = Math.min(lane.roomBytes(now), (long) Math.min(LARGEST_READ, turn));
    return (int) Math.max(LEAST_READ, most);
  }
}
