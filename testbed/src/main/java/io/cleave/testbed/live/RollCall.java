package io.cleave.testbed.live;

import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.Arrival;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.MqttSettings;
import io.cleave.transport.mqtt.Patience;
import io.cleave.transport.mqtt.Qos;
import io.cleave.transport.mqtt.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Who of a site is there, by the statuses that the broker retains, and what they are told. */
final class RollCall implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;

  private final Topics topics;
  private final MqttConnection connection;
  private final Stop stop;
  private final Ledger ledger = new Ledger();
  private final Map<String, Capabilities> present = new TreeMap<>(); // guarded by itself

  /**
   * @param stop ends any waiting with {@link Stop.Asked}
   */
  RollCall(RunningBroker broker, String site, Stop stop) {
    this.stop = stop;
    this.topics = new Topics(site);
    this.connection =
        new MqttConnection(
            MqttSettings.plain(broker.host(), broker.port()),
            MqttIdentity.silent("cleave-world-" + site),
            Patience.usual(),
            new SplittableRandom(ProcessHandle.current().pid()));
    connection.listen(topics.statuses(), Qos.AT_LEAST_ONCE, this::take);
    connection.listen(topics.plans(), Qos.AT_LEAST_ONCE, ledger::take);
    connection.open();
  }

  private void take(Arrival arrival) {
    Optional<String> agent = topics.agent(arrival.topic());
    if (agent.isEmpty()) {
      return; // the controller's
    }
    Status status = WireJson.readStatus(arrival.payload()); // the connection counts a wrong one
    synchronized (present) {
      status
          .capabilities()
          .ifPresentOrElse(can -> present.put(agent.get(), can), () -> present.remove(agent.get()));
      present.notifyAll();
    }
  }

  /**
   * What an agent can do; waits until it is there.
   *
   * @return empty if it does not come within the time given
   */
  Optional<Capabilities> await(String agent, Duration limit) {
    synchronized (present) {
      await(limit, () -> present.containsKey(agent));
      return Optional.ofNullable(present.get(agent));
    }
  }

  /** Waits until an agent has said farewell, or was said to be gone. */
  void awaitGone(String agent, Duration limit) {
    synchronized (present) {
      await(limit, () -> !present.containsKey(agent));
    }
  }

  /** With the lock held, which waiting gives back meanwhile. */
  private void await(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (long left = limit.toMillis();
          !condition.getAsBoolean() && left > 0;
          left = (end - System.nanoTime()) / 1_000_000) {
        stop.check();
        present.wait(Math.min(left, LOOK_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the controller has sent so far. */
  List<Ledger.Line> decisions() {
    return ledger.lines();
  }

  @Override
  public void close() {
    connection.close();
  }
}
