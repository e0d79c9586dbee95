package io.cleave.agents.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.cost.Estimate;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.IncomingTopic;
import io.cleave.transport.mqtt.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Topics TOPICS = new Topics("site-1");

  private final Inbox inbox = new Inbox(TOPICS, "cam-1");

  private static byte[] plan(String agent, int leaseSeconds) {
    Estimate estimate = Estimate.ZERO;
    Decision decision =
        new Decision(
            agent,
            3,
            List.of("edge-1"),
            PlanTable.constant(new PlanTable.Entry(Plan.local(Zoo.SMALL_CHAIN.graph()), 0.1, 0)),
            NOW.plusSeconds(leaseSeconds),
            new Decision.Grounds(Reason.FIRST, "there was no plan before", estimate));
    return WireJson.write(decision, NOW);
  }

  private static IncomingTopic at(String topic, Optional<Duration> left) {
    return new IncomingTopic(topic, false, left);
  }

  @Test
  void countsALeaseFromItsArrival() {
    Instant later = NOW.plusSeconds(500); // clocks differ
    Optional<Decision> decision =
        inbox.plan(at(TOPICS.plan("cam-1"), Optional.empty()), plan("cam-1", 10), later);
    assertThat(decision.orElseThrow().validUntil()).isEqualTo(later.plusSeconds(10));
  }

  @Test
  void holdsALeaseNoLongerThanItsMessageLives() {
    Optional<Decision> decision =
        inbox.plan(
            at(TOPICS.plan("cam-1"), Optional.of(Duration.ofSeconds(4))), plan("cam-1", 10), NOW);
    assertThat(decision.orElseThrow().validUntil()).isEqualTo(NOW.plusSeconds(4));
  }

  @Test
  void countsWhatItCannotReadAndGoesOn() {
    IncomingTopic from = at(TOPICS.plan("cam-1"), Optional.empty());
    for (String bad : List.of("", "{}", "[1]", "{\"v\":2}", "\u0000")) {
      assertThat(inbox.plan(from, bad.getBytes(StandardCharsets.UTF_8), NOW)).isEmpty();
    }
    assertThat(inbox.malformed()).isEqualTo(5);
    assertThat(inbox.plan(from, plan("cam-1", 10), NOW)).isPresent();
  }

  @Test
  void ignoresAPlanForAnother() {
    assertThat(inbox.plan(at(TOPICS.plan("cam-1"), Optional.empty()), plan("cam-2", 10), NOW))
        .isEmpty();
    assertThat(inbox.foreign()).isEqualTo(1);
  }

  @Test
  void ignoresAStatusThatSpeaksOfAnotherThanItsTopic() {
    byte[] gone = WireJson.write(Status.offline("edge-1", 1));
    assertThat(inbox.status(at(TOPICS.status("edge-1"), Optional.empty()), gone)).isPresent();
    assertThat(inbox.status(at(TOPICS.status("edge-2"), Optional.empty()), gone)).isEmpty();
    assertThat(inbox.foreign()).isEqualTo(1);
  }

  @Test
  void leavesTheControllersStatusAlone() {
    byte[] any = "whatever".getBytes(StandardCharsets.UTF_8);
    assertThat(inbox.status(at(TOPICS.controllerStatus(), Optional.empty()), any)).isEmpty();
    assertThat(inbox.malformed()).isZero();
  }
}
