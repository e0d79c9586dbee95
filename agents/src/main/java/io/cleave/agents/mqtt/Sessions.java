package io.cleave.agents.mqtt;

import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.Publication;
import io.cleave.transport.mqtt.Topics;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The sessions of an agent at the broker: each connection is a new one, so that the will of one
 * that broke is known for what it is when it comes late. Numbers births, wills and reports.
 * Thread-safe.
 */
public final class Sessions {
  private final String agent;
  private final String topic;
  private final Epochs epochs;
  private final Supplier<Capabilities> capabilities;
  private long sequence;

  /**
   * @param capabilities asked at each birth
   */
  public Sessions(Topics topics, String agent, Epochs epochs, Supplier<Capabilities> capabilities) {
    this.agent = agent;
    this.topic = topics.status(agent);
    this.epochs = epochs;
    this.capabilities = capabilities;
  }

  /** Who the agent is to the broker. */
  public MqttIdentity identity() {
    return new MqttIdentity(agent, this::next);
  }

  /** Of the next report. */
  public synchronized Stamp stamp() {
    return new Stamp(epochs.last(), sequence++);
  }

  /**
   * What is to be published since somebody, such as the will of a session before this one, said
   * something else of the agent: its birth again, for those who come later.
   */
  public synchronized Optional<Publication> correction(Status said) {
    boolean ours = said.agent().equals(agent) && said.epoch() <= epochs.last();
    return ours && !said.online() && epochs.last() > 0
        ? Optional.of(birth(epochs.last()))
        : Optional.empty();
  }

  private synchronized MqttIdentity.Session next() {
    long epoch = epochs.next();
    sequence = 0;
    Publication end = Publication.kept(topic, WireJson.write(Status.offline(agent, epoch)));
    return new MqttIdentity.Session(Optional.of(birth(epoch)), Optional.of(end), Optional.of(end));
  }

  private Publication birth(long epoch) {
    Status status = new Status(agent, epoch, Optional.of(capabilities.get()));
    return Publication.kept(topic, WireJson.write(status));
  }
}
