package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A publication under way, and who waits for it. Compared by identity. */
final class Pending {
  final Publication publication;
  final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Mqtt5Publish message;
  private final long sinceNanos;

  /**
   * @throws IllegalArgumentException if MQTT cannot carry it, such as a topic of more than 65535
   *     bytes
   */
  Pending(Publication publication, long nowNanos) {
    this.publication = publication;
    this.message = Messages.publish(publication);
    this.sinceNanos = nowNanos;
  }

  /** The message with what is left of its life; none when that is over. */
  Optional<Mqtt5Publish> message(long nowNanos) {
    if (publication.expiry().isEmpty()) {
      return Optional.of(message);
    }
    Duration left = publication.expiry().get().minusNanos(nowNanos - sinceNanos);
    return left.toSeconds() < 1
        ? Optional.empty()
        : Optional.of(message.extend().messageExpiryInterval(left.toSeconds()).build());
  }
}
