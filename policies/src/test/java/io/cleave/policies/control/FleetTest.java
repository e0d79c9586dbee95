package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetTest {
  private static final Instant NOW = Instant.EPOCH;

  private final Fleet fleet = new Fleet();

  @BeforeEach
  void admit() {
    fleet.admit("camera");
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @Test
  void aReportOfAnOlderSessionIsDroppedHoweverLateItComes() {
    // Hard case 9: the old session's message comes after the new session's.
    assertThat(fleet.accept(report("camera", 2, 0), NOW)).isEqualTo(Receipt.FRESH);
    assertThat(fleet.accept(report("camera", 1, 99), NOW)).isEqualTo(Receipt.STALE);
    assertThat(freshest().stamp()).isEqualTo(new Stamp(2, 0));
  }

  @Test
  void aNewSessionCountsFromTheStart() {
    fleet.accept(report("camera", 1, 99), NOW);

    assertThat(fleet.accept(report("camera", 2, 0), NOW)).isEqualTo(Receipt.FRESH);
    assertThat(fleet.accept(report("camera", 2, 0), NOW)).isEqualTo(Receipt.DUPLICATE);
  }

  @Test
  void tellsLateFromDuplicateFromTooOld() {
    fleet.accept(report("camera", 1, 10), NOW);
    fleet.accept(report("camera", 1, 100), NOW);

    assertThat(fleet.accept(report("camera", 1, 99), NOW)).isEqualTo(Receipt.LATE);
    assertThat(fleet.accept(report("camera", 1, 99), NOW)).isEqualTo(Receipt.DUPLICATE);
    assertThat(fleet.accept(report("camera", 1, 37), NOW)).isEqualTo(Receipt.LATE);
    assertThat(fleet.accept(report("camera", 1, 36), NOW)).isEqualTo(Receipt.STALE);
    assertThat(freshest().stamp().sequence()).isEqualTo(100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void deliveredTwiceAndShuffledEverythingCountsOnce(long seed) {
    // Hard case 10: 200 reports at one a second, each twice, shuffled within 5 s.
    List<Report> deliveries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      deliveries.add(report("camera", 1, i));
      deliveries.add(report("camera", 1, i));
    }
    for (int from = 0; from < 400; from += 10) {
      Collections.shuffle(deliveries.subList(from, from + 10), new Random(seed + from));
    }
    deliveries.forEach(each -> fleet.accept(each, NOW));

    assertThat(fleet.count(Receipt.FRESH) + fleet.count(Receipt.LATE)).isEqualTo(200);
    assertThat(fleet.count(Receipt.DUPLICATE)).isEqualTo(200);
    assertThat(freshest().stamp().sequence()).isEqualTo(199);
  }

  @Test
  void strangersAreCountedAndForgotten() {
    assertThat(fleet.accept(report("ghost", 1, 0), NOW)).isEqualTo(Receipt.UNKNOWN);
    assertThat(fleet.heard("ghost", NOW, Duration.ofSeconds(1))).isEmpty();
    assertThat(fleet.count(Receipt.UNKNOWN)).isEqualTo(1);
  }

  @Test
  void whoIsSilentForTooLongIsNotHeardOf() {
    fleet.accept(report("camera", 1, 0), NOW);

    assertThat(fleet.heard("camera", NOW.plusSeconds(3), Duration.ofSeconds(3))).isPresent();
    assertThat(fleet.heard("camera", NOW.plusMillis(3001), Duration.ofSeconds(3))).isEmpty();
  }

  @Test
  void whoDepartedIsNotHeardOfUntilItReportsAnew() {
    fleet.accept(report("camera", 1, 5), NOW);
    fleet.depart("camera");
    assertThat(fleet.heard("camera", NOW, Duration.ofSeconds(3))).isEmpty();

    assertThat(fleet.accept(report("camera", 1, 4), NOW)).isEqualTo(Receipt.LATE);
    assertThat(fleet.heard("camera", NOW, Duration.ofSeconds(3))).isEmpty();
    assertThat(fleet.accept(report("camera", 1, 6), NOW)).isEqualTo(Receipt.FRESH);
    assertThat(fleet.heard("camera", NOW, Duration.ofSeconds(3))).isPresent();
  }

  private Report freshest() {
    return fleet.heard("camera", NOW, Duration.ofSeconds(1)).orElseThrow();
  }

  private static Report report(String agent, long epoch, long sequence) {
    return new Report(agent, new Stamp(epoch, sequence), LoadReport.IDLE, List.of(), List.of(), 0);
  }
}
