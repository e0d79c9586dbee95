package io.cleave.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PendingTest {
  @Test
  void sendsWhatIsLeftOfAMessagesLifeAndNothingWhenItIsOver() {
    long start = Duration.ofSeconds(7).toNanos();
    Publication plan = Publication.kept("plan", new byte[1]).expiringAfter(Duration.ofSeconds(10));
    Pending pending = new Pending(plan, start);
    assertThat(pending.message(start))
        .hasValueSatisfying(message -> assertThat(message.getMessageExpiryInterval()).hasValue(10));
    // 10 s less 6.5 s leaves 3.5 s, and a lease is never rounded up.
    assertThat(pending.message(start + 6_500_000_000L))
        .hasValueSatisfying(message -> assertThat(message.getMessageExpiryInterval()).hasValue(3));
    assertThat(pending.message(start + 9_500_000_000L)).isEmpty();
  }

  @Test
  void lastsForEverUnlessToldOtherwise() {
    Pending pending = new Pending(Publication.kept("plan", new byte[1]), 0);
    assertThat(pending.message(Long.MAX_VALUE)).isPresent();
  }
}
