package io.cleave.agents;

import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.IncomingTopic;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.Publication;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** The agent's voice: plans and statuses in, reports out. */
@ApplicationScoped
public class AgentChannels {
  private static final Logger LOG = Logger.getLogger(AgentChannels.class);

  private final Running running;
  private final MqttConnection connection;
  private final MutinyEmitter<byte[]> reports;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();

  @Inject
  AgentChannels(
      Running running,
      MqttConnection connection,
      @Channel("reports") @OnOverflow(OnOverflow.Strategy.DROP) MutinyEmitter<byte[]> reports) {
    this.running = running;
    this.connection = connection;
    this.reports = reports;
  }

  /** A plan came in. */
  @Incoming("plans")
  CompletionStage<Void> plan(Message<byte[]> message) {
    message
        .getMetadata(IncomingTopic.class)
        .flatMap(
            from ->
                running
                    .inbox()
                    .plan(from, message.getPayload(), running.agent().workshop().loop().instant()))
        .ifPresent(running.agent()::hear);
    return message.ack();
  }

  /** An agent of the site said whether it is there. */
  @Incoming("statuses")
  CompletionStage<Void> status(Message<byte[]> message) {
    Optional<Status> status =
        message
            .getMetadata(IncomingTopic.class)
            .flatMap(from -> running.inbox().status(from, message.getPayload()));
    status.ifPresent(running.agent()::hear);
    status.flatMap(running.sessions()::correction).ifPresent(this::correct);
    return message.ack();
  }

  private void correct(Publication birth) {
    LOG.info("A session before this one was said to be over only now; born again");
    connection
        .publish(birth)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warnf("The birth was not published again: %s", failure.getMessage());
              }
            });
  }

  /** Tells the controller how things are now. */
  void report() {
    running
        .agent()
        .report(running.sessions().stamp())
        .thenAccept(this::send)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.error("A report was not made", failure);
              }
            });
  }

  private void send(Report report) {
    reports
        .send(WireJson.write(report))
        .subscribe()
        .with(done -> sent.incrementAndGet(), failure -> unsent.incrementAndGet());
  }

  /** Reports that went out. */
  long sent() {
    return sent.get();
  }

  /** Reports that did not, for want of a connection: the next one says it all. */
  long unsent() {
    return unsent.get();
  }
}
