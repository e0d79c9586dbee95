package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One connection, from its making to its end: it is never revived, a next one takes its place. */
final class Link {
  private final Mqtt5AsyncClient client;
  private final MqttIdentity.Session session;
  private CompletionStage<?> connecting = CompletableFuture.completedFuture(null);

  Link(Mqtt5AsyncClient client, MqttIdentity.Session session) {
    this.client = client;
    this.session = session;
  }

  CompletionStage<?> connect(MqttSettings settings) {
    connecting = client.connect(Messages.connect(settings, session));
    return connecting;
  }

  /** Publishes the birth; completes when the broker has it. */
  CompletionStage<?> announce() {
    return say(session.birth());
  }

  /** Publishes the farewell; completes when the broker has it. */
  CompletionStage<?> sayFarewell() {
    return say(session.farewell());
  }

  /** Completes when written (QoS 0) or acknowledged (QoS 1). */
  CompletionStage<?> publish(Mqtt5Publish message) {
    return client.publish(message);
  }

  /** Completes when the broker has agreed; from then on messages come into the inlet. */
  CompletionStage<?> subscribe(Inlet inlet) {
    return client.subscribe(
        Messages.subscribe(inlet.filter()),
        message -> inlet.arrived(Messages.arrival(message)),
        true);
  }

  CompletionStage<?> unsubscribe(Filter filter) {
    return client.unsubscribeWith().topicFilter(filter.topics()).send();
  }

  /**
   * Ends the connection in order, so that the broker does not publish the will; one that is being
   * made once it is made.
   */
  CompletionStage<?> disconnect() {
    return connecting
        .handle((accepted, failure) -> accepted)
        .thenCompose(any -> client.disconnect());
  }

  private CompletionStage<?> say(Optional<Publication> words) {
    return words
        .<CompletionStage<?>>map(each -> publish(Messages.publish(each)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Whether it is the connection that failed, and not what was asked of it. */
  static boolean isLoss(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof ConnectionClosedException
        || cause instanceof ConnectionFailedException
        || cause instanceof MqttSessionExpiredException
        || cause instanceof MqttClientStateException
        || cause instanceof Mqtt5DisconnectException;
  }

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
