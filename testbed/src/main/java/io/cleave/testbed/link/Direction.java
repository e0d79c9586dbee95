package io.cleave.testbed.link;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One direction of a link between its sockets: lets what gates have read into the {@link Lane}, and
 * hands what has arrived to the gates opposite. While the lane is full, gates wait in line with one
 * read each, so that connections take turns and none waits for ever. Only the link's event loop
 * calls it.
 */
final class Direction {
  private final Lane<Cargo> lane;
  private final LongSupplier clock;
  private final Runnable changed;
  private final Deque<Offer> offers = new ArrayDeque<>();
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

  private record Offer(Gate from, Cargo cargo) {}

  Lane<Cargo> lane() {
    return lane;
  }

  /** Lets bytes in, now or when it is their turn; then calls {@link Gate#admitted}. */
  void offer(Gate from, Cargo cargo) {
    offers.add(new Offer(from, cargo));
    if (offers.size() == 1) {
      admit();
    }
    changed.run();
  }

  private void admit() {
    while (!offers.isEmpty() && lane.roomBytes(clock.getAsLong()) > 0) {
      Offer offer = offers.remove();
      enteredBytes += offer.cargo().size();
      lane.enter(offer.cargo(), offer.cargo().size(), clock.getAsLong());
      offer.from().admitted();
    }
  }

  /** Lets a sign in, however full the lane is. */
  void enter(Cargo sign) {
    lane.enter(sign, sign.size(), clock.getAsLong());
    changed.run();
  }

  /** Forgets what a gate has offered. */
  void withdraw(Gate from) {
    offers.stream().filter(offer -> offer.from() == from).forEach(offer -> offer.cargo().drop());
    offers.removeIf(offer -> offer.from() == from);
  }

  /** Hands over what has arrived, and lets in what there is room for. */
  void advance() {
    long now = clock.getAsLong();
    lane.advance(now, portion -> arrive(portion, now));
    touched.forEach(Gate::flush);
    touched.clear();
    if (lane.hasEased(now)) {
      admit();
    }
  }

  /** When {@link #advance} has something to do next. */
  long nextNanos() {
    long arrival = lane.nextNanos();
    return offers.isEmpty() ? arrival : Math.min(arrival, lane.easedNanos(clock.getAsLong()));
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

  LinkCounts.Way counts() {
    return new LinkCounts.Way(
        enteredBytes, arrivedBytes, lane.queuedBytes(), worstLateNanos * 1e-9);
  }

  /** A read is a turn long. */
  DefaultMaxMessagesRecvByteBufAllocator reads() {
    return new DefaultMaxMessagesRecvByteBufAllocator(1) {
      @Override
      public MaxMessageHandle newHandle() {
        return new MaxMessageHandle() {
          @Override
          public int guess() {
            return lane.turnBytes(clock.getAsLong());
          }
        };
      }
    };
  }
}
