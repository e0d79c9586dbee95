package io.cleave.testbed.live;

import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every decision that the controller sends, as it is heard at the broker. Thread-safe. */
final class Ledger {
  private final List<Line> lines = new ArrayList<>(); // guarded by itself

  /**
   * A decision that was sent.
   *
   * @param unixSeconds when it was heard
   */
  record Line(double unixSeconds, Decision decision) {
    /**
     * The first server that helps, or would if its link were better, and of which a piece may be
     * all that it makes; empty if nobody does.
     */
    Optional<String> helper() {
      return decision.table().entries().stream()
          .flatMap(entry -> entry.plan().stages().stream())
          .flatMap(stage -> stage.nodes().stream())
          .filter(node -> node != Stage.DEVICE)
          .findFirst()
          .map(node -> decision.servers().get(node - 1));
    }
  }

  void take(Arrival arrival) {
    Instant now = Instant.now();
    Decision decision = WireJson.readDecision(arrival.payload(), now); // a wrong one is counted
    synchronized (lines) {
      lines.add(new Line(now.getEpochSecond() + now.getNano() * 1e-9, decision));
    }
  }

  /** In the order in which they were heard. */
  List<Line> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
