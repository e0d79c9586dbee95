package io.cleave.transport.mqtt;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link MqttCounts}. */
final class Tally {
  private static final System.Logger LOG = System.getLogger(MqttConnection.class.getName());

  final LongAdder published = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder overflowed = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder connects = new LongAdder();

  /** Counts a message that its consumer did not accept; says so ever more seldom. */
  void reject(Arrival arrival, Throwable failure) {
    rejected.increment();
    long sum = rejected.sum();
    if (Long.bitCount(sum) == 1) { // 1, 2, 4, ...: whoever sends rubbish fills no log
      LOG.log(
          System.Logger.Level.WARNING,
          "A message of {0} was not accepted ({1} so far): {2}",
          arrival.topic(),
          sum,
          failure);
    }
  }

  MqttCounts counts(int waiting) {
    return new MqttCounts(
        published.sum(),
        received.sum(),
        dropped.sum(),
        refused.sum(),
        overflowed.sum(),
        rejected.sum(),
        connects.sum(),
        waiting);
  }
}
