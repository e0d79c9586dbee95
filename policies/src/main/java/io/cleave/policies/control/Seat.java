package io.cleave.policies.control;

import io.cleave.policies.matching.Bid;
import io.cleave.policies.matching.Contender;
import java.util.List;

/** A device's place at a site, as its {@link Matchmaker} keeps it. */
final class Seat {
  final int model;
  int index; // among the seats
  Contender contender; // what it bid last
  int choice; // among its bids, while nothing stands
  int told = Bid.LOCAL; // host that it was last sent to
  double toldSeconds = Double.NEGATIVE_INFINITY;
  int next = Bid.LOCAL; // host that it was told of while it is alone
  double nextSeconds;
  double heardSeconds;

  /** A device that has not bid yet. */
  Seat(int index, int model, double framesPerSecond) {
    this.index = index;
    this.model = model;
    this.contender = new Contender(framesPerSecond, model, List.of(Bid.local(0)));
  }
}
