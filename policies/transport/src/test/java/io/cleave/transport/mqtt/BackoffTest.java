package io.cleave.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static Backoff backoff(long seed) {
    return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), new Random(seed));
  }

  @Test
  void doublesUpToItsLimitAndTakesBetweenHalfAndAll() {
    for (long seed = 0; seed < 100; seed++) {
      Backoff backoff = backoff(seed);
      for (int failures = 0; failures < 200; failures++) {
        double wholeMillis = Math.min(10_000, 200 * Math.pow(2, failures));
        assertThat(backoff.delay(failures).toNanos() / 1e6)
            .as("seed %d, after %d failures", seed, failures)
            .isBetween(wholeMillis / 2, wholeMillis);
      }
    }
  }

  @Test
  void spreadsAFleetOut() {
    assertThat(LongStream.range(0, 100).mapToObj(seed -> backoff(seed).delay(3)).distinct())
        .hasSizeGreaterThan(95);
  }
}
