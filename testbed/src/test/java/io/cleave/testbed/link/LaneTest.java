package io.cleave.testbed.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.traces.Capacity;
import io.cleave.traces.RoundTrip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {
  private static final double NANOS = 1e9;

  @Test
  void endsATransferWhenTheRecordingDoes() {
    // 8 Mbit/s is 1 MB/s: a megabyte takes 1 s, and arrives half of 40 ms later.
    Lane<String> lane = begun(constant(8e6), 0.04);
    lane.enter("tensor", 1_000_000, 0);
    assertThat(lastArrival(lane)).isCloseTo(1.02, within(1e-5));
  }

  @Test
  void isNotLateForLookingLate() {
    Lane<String> lane = begun(constant(8e6), 0);
    lane.enter("tensor", 1_000_000, 0);
    List<Lane.Portion<String>> arrived = new ArrayList<>();
    lane.advance(nanos(0.999), arrived::add); // once, at the very end
    lane.advance(nanos(1.001), arrived::add);
    assertThat(arrived.stream().mapToLong(Lane.Portion::bytes).sum()).isEqualTo(1_000_000);
    assertThat(arrived.get(arrived.size() - 1).dueNanos() / NANOS).isCloseTo(1, within(1e-5));
  }

  @Test
  void waitsThroughAnOutageWithoutABurstAfterwards() {
    // 1 MB/s for 1 s, nothing for 16 s, 2 MB/s for 1 s. 1.5 MB: 1 MB before, 0.5 MB in 0.25 s
    // after.
    Capacity outage = new Capacity(new double[] {0, 1, 17, 18}, new double[] {8e6, 0, 16e6});
    Lane<String> lane = begun(outage, 0);
    lane.enter("tensor", 1_500_000, 0);
    assertThat(bytesBy(lane, 1.0001)).isBetween(999_000L, 1_000_000L);
    assertThat(bytesBy(lane, 16.9999)).isZero();
    assertThat(bytesBy(lane, 17.125)).isBetween(248_000L, 251_000L);
    assertThat(lastArrival(lane)).isCloseTo(17.25, within(1e-5));
  }

  @Test
  void standsStillAtTheFirstRateThatCarriesSomething() {
    // Nothing for 5 s, then 1 MB/s. Before the beginning, 1 MB takes 1 s all the same.
    Capacity late = new Capacity(new double[] {0, 5, 10}, new double[] {0, 8e6});
    Lane<String> lane = new Lane<>(new Course(late, RoundTrip.constant(0)), standard());
    lane.enter("early", 1_000_000, nanos(100));
    assertThat(lastArrival(lane)).isCloseTo(101, within(1e-5));
    lane.begin(nanos(200));
    lane.enter("begun", 1_000_000, nanos(200));
    assertThat(lastArrival(lane)).isCloseTo(206, within(1e-5));
  }

  @Test
  void keepsOrderWhenTheRoundTripFalls() {
    RoundTrip falls = RoundTrip.measured(new double[] {0, 0.5}, new double[] {0.4, 0.02});
    Lane<String> lane = new Lane<>(new Course(constant(8e6), falls), standard());
    lane.begin(0);
    lane.enter("first", 400_000, 0); // crosses by 0.4 s, arrives by 0.6 s
    lane.enter("second", 200_000, 0); // crosses by 0.6 s, when the delay is 10 ms
    List<Lane.Portion<String>> arrived = new ArrayList<>();
    lane.advance(nanos(2), arrived::add);
    assertThat(arrived).isSortedAccordingTo((a, b) -> Long.compare(a.dueNanos(), b.dueNanos()));
    assertThat(arrived.get(arrived.size() - 1).dueNanos() / NANOS).isCloseTo(0.61, within(0.1));
  }

  @Test
  void holdsAllThatItCarriesWhileCut() {
    // 1 MB/s, 100 ms one way. At 0.05 s nothing has arrived, 50 kB travel, 50 kB wait.
    Lane<String> lane = begun(constant(8e6), 0.2);
    lane.enter("tensor", 100_000, 0);
    lane.advance(nanos(0.05), portion -> assertThat(portion).isNull());
    lane.cut(nanos(0.05));
    assertThat(lane.nextNanos()).isEqualTo(Lane.NEVER);
    assertThat(bytesBy(lane, 10)).isZero();
    lane.restore(nanos(10.05));
    assertThat(bytesBy(lane, 10.099)).isZero(); // the first byte had 50 ms to go
    assertThat(bytesBy(lane, 10.1501)).isBetween(48_000L, 51_000L);
    assertThat(lastArrival(lane)).isCloseTo(10.2, within(2e-3)); // one portion started anew
  }

  @Test
  void cutTwiceIsCutOnce() {
    Lane<String> lane = begun(constant(8e6), 0.2);
    lane.enter("a", 1_000, 0);
    lane.advance(nanos(0.05), portion -> assertThat(portion).isNull());
    lane.cut(nanos(0.05));
    lane.cut(nanos(3));
    lane.restore(nanos(5.05));
    lane.restore(nanos(6));
    assertThat(lastArrival(lane)).isCloseTo(5.101, within(1e-5)); // 1 ms, 100 ms, 5 s cut
  }

  @Test
  void hasRoomForBytesOrTimeWhicheverIsMore() {
    QueueBound bound = new QueueBound(16_384, 0.05);
    assertThat(new Lane<String>(still(1e6), bound).roomBytes(0)).isEqualTo(16_384); // 6,250 B
    assertThat(new Lane<String>(still(200e6), bound).roomBytes(0)).isEqualTo(1_250_000);
    Lane<String> lane = new Lane<>(still(8e6), bound);
    lane.enter("a", 50_000, 0);
    assertThat(lane.roomBytes(0)).isZero();
    lane.advance(nanos(0.0101), portion -> assertThat(portion.item()).isEqualTo("a"));
    assertThat(lane.roomBytes(nanos(0.0101))).isEqualTo(10_000);
  }

  @Test
  void shortensItsLineBeforeTheRateFalls() {
    // 200 Mbit/s for 1 s, then 1 Mbit/s. At 0.99 s: 10 ms of the one and 40 ms of the other.
    Capacity falls = new Capacity(new double[] {0, 1, 100}, new double[] {200e6, 1e6});
    Lane<String> lane = begun(falls, 0);
    assertThat(lane.roomBytes(nanos(0.9))).isEqualTo(1_250_000);
    assertThat(lane.roomBytes(nanos(0.99))).isEqualTo(255_000);
    assertThat(lane.roomBytes(nanos(1))).isEqualTo(16_384);
  }

  @Test
  void easesWhenAQuarterOfTheLineIsFree() {
    // 1 MB/s, 50 kB may wait. 60 kB: 37.5 kB are left after 22.5 ms.
    Lane<String> lane = begun(constant(8e6), 1);
    lane.enter("a", 60_000, 0);
    assertThat(lane.hasEased(0)).isFalse();
    long eased = lane.easedNanos(0);
    assertThat(eased / NANOS).isCloseTo(0.0225, within(1e-6));
    assertThat(lane.hasEased(eased - nanos(0.0011))).isFalse();
    assertThat(lane.hasEased(eased + nanos(0.001))).isTrue(); // portions are 1 ms
    lane.cut(nanos(0.03));
    assertThat(lane.easedNanos(nanos(0.03))).isEqualTo(Lane.NEVER);
  }

  @Test
  void givesBackWhatItStillHoldsOnce() {
    Lane<String> lane = begun(constant(8e6), 1);
    lane.enter("crossed", 100, 0);
    lane.enter("half", 100_000, 0);
    lane.enter("waiting", 100, 0);
    lane.advance(nanos(0.05), portion -> assertThat(portion).isNull());
    List<String> left = new ArrayList<>();
    lane.drain(left::add);
    assertThat(left).containsExactlyInAnyOrder("crossed", "half", "waiting");
    assertThat(lane.queuedBytes()).isZero();
    assertThat(lane.nextNanos()).isEqualTo(Lane.NEVER);
  }

  @Test
  void refusesNothingThatIsNothing() {
    assertThatThrownBy(() -> begun(constant(1e6), 0).enter("empty", 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
    assertThatThrownBy(() -> new QueueBound(0, 0.05)).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> new QueueBound(1, Double.NaN)).hasMessageContaining("NaN");
  }

  /**
   * Whatever enters and whenever somebody looks: between any two moments no more bytes cross than
   * the recording carries then, and one portion; all leaves in order, nothing is lost, and nothing
   * waits while it could cross.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void carriesWhatTheRecordingCarriesInAnyWindow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Capacity capacity = capacity(random);
    Lane<Integer> lane = new Lane<>(new Course(capacity, RoundTrip.constant(0.05)), standard());
    lane.begin(0);
    Map<Integer, Integer> sizes = new HashMap<>();
    List<Lane.Portion<Integer>> arrived = new ArrayList<>();
    long now = 0;
    for (int item = 0; item < 60; item++) {
      now += nanos(random.nextDouble() * 0.05);
      if (random.nextInt(3) > 0) {
        lane.advance(now, arrived::add);
      }
      int size = 1 + random.nextInt(item % 7 == 0 ? 200_000 : 3_000);
      sizes.put(item, size);
      lane.enter(item, size, now);
    }
    lane.advance(nanos(3_600), arrived::add);

    Map<Integer, Integer> sums = new HashMap<>();
    arrived.forEach(portion -> sums.merge(portion.item(), portion.bytes(), Integer::sum));
    assertThat(sums).as("seed %d", seed).isEqualTo(sizes);
    assertThat(arrived.stream().map(Lane.Portion::item).toList()).as("seed %d", seed).isSorted();
    for (int trial = 0; trial < 500; trial++) {
      int from = random.nextInt(arrived.size());
      int to = from + random.nextInt(arrived.size() - from);
      double begin = arrived.get(from).dueNanos() / NANOS - 0.025;
      double end = arrived.get(to).dueNanos() / NANOS - 0.025;
      long bytes = 0;
      for (int i = from + 1; i <= to; i++) { // what crossed after `begin`, up to `end`
        bytes += arrived.get(i).bytes();
      }
      assertThat(8.0 * bytes)
          .as("seed %d, from %f to %f s", seed, begin, end)
          .isLessThanOrEqualTo(
              (capacity.bitsUntil(end) - capacity.bitsUntil(begin)) * (1 + 1e-9) + 8);
    }
  }

  /** Steps of a quarter of a second between nothing and 100 Mbit/s. */
  private static Capacity capacity(SplittableRandom random) {
    double[] starts = new double[21];
    double[] rates = new double[20];
    for (int i = 0; i < rates.length; i++) {
      starts[i + 1] = (i + 1) * 0.25;
      rates[i] = random.nextInt(4) == 0 ? 0 : Math.exp(random.nextDouble() * Math.log(1e3)) * 1e5;
    }
    rates[random.nextInt(rates.length)] = 1e6;
    return new Capacity(starts, rates);
  }

  private static Lane<String> begun(Capacity capacity, double roundTrip) {
    Lane<String> lane = new Lane<>(new Course(capacity, RoundTrip.constant(roundTrip)), standard());
    lane.begin(0);
    return lane;
  }

  private static Course still(double bitsPerSecond) {
    return new Course(constant(bitsPerSecond), RoundTrip.constant(0));
  }

  private static Capacity constant(double bitsPerSecond) {
    return new Capacity(new double[] {0, 1}, new double[] {bitsPerSecond});
  }

  private static QueueBound standard() {
    return QueueBound.standard();
  }

  /** Looks whenever the lane asks for it; seconds when the last portion arrived. */
  private static double lastArrival(Lane<String> lane) {
    List<Lane.Portion<String>> arrived = new ArrayList<>();
    for (long next = lane.nextNanos(); next != Lane.NEVER; next = lane.nextNanos()) {
      lane.advance(next, arrived::add);
    }
    return arrived.get(arrived.size() - 1).dueNanos() / NANOS;
  }

  private static long bytesBy(Lane<String> lane, double seconds) {
    List<Lane.Portion<String>> arrived = new ArrayList<>();
    lane.advance(nanos(seconds), arrived::add);
    return arrived.stream().mapToLong(Lane.Portion::bytes).sum();
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }
}
