package io.cleave.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox(3, 1000);

  @Test
  void keepsTheOrder() {
    Pending a = sure("t", 1);
    Pending b = sure("t", 1);
    assertThat(outbox.add(a)).isEmpty();
    assertThat(outbox.add(b)).isEmpty();
    assertThat(drained()).containsExactly(a, b);
  }

  @Test
  void keepsOfRetainedMessagesTheLatestOfATopic() {
    Pending old = kept("t", 1);
    Pending other = kept("u", 1);
    Pending latest = kept("t", 1);
    outbox.add(old);
    outbox.add(other);
    assertThat(outbox.add(latest)).containsExactly(old);
    assertThat(drained()).containsExactly(other, latest);
  }

  @Test
  void letsTheOldestGiveWayWhenFull() {
    Pending first = sure("t", 1);
    outbox.add(first);
    outbox.add(sure("t", 1));
    outbox.add(sure("t", 1));
    assertThat(outbox.add(sure("t", 1))).containsExactly(first);
    assertThat(outbox.size()).isEqualTo(3);
  }

  @Test
  void countsBytesToo() {
    Pending large = sure("t", 600);
    Pending larger = sure("t", 601);
    outbox.add(large);
    assertThat(outbox.add(larger)).containsExactly(large);
    assertThat(outbox.add(sure("t", 399))).isEmpty();
    assertThat(outbox.poll()).contains(larger);
    assertThat(outbox.add(sure("t", 601))).isEmpty();
  }

  @Test
  void takesOneMessageThatIsLargerThanAll() {
    Pending huge = sure("t", 5000);
    outbox.add(sure("t", 1));
    assertThat(outbox.add(huge)).hasSize(1);
    assertThat(drained()).containsExactly(huge);
  }

  @Test
  void putsWhatComesBackFirstUnlessItIsOutdated() {
    Pending oldPlan = kept("plan", 1);
    Pending sent = sure("t", 1);
    Pending newPlan = kept("plan", 1);
    outbox.add(newPlan);
    assertThat(outbox.addFirst(List.of(oldPlan, sent))).containsExactly(oldPlan);
    assertThat(drained()).containsExactly(sent, newPlan);
  }

  private List<Pending> drained() {
    List<Pending> all = new ArrayList<>();
    for (Optional<Pending> next = outbox.poll(); next.isPresent(); next = outbox.poll()) {
      all.add(next.get());
    }
    return all;
  }

  private static Pending sure(String topic, int bytes) {
    return new Pending(Publication.sure(topic, new byte[bytes]), 0);
  }

  private static Pending kept(String topic, int bytes) {
    return new Pending(Publication.kept(topic, new byte[bytes]), 0);
  }
}
