package io.cleave.transport.mqtt;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Publishes a channel's messages in order, and asks for more as they are written or acknowledged:
 * so many are under way at a time and no more.
 */
final class OutboundChannel implements Flow.Subscriber<Message<?>> {
  private static final int UNDER_WAY = 256;
  private static final System.Logger LOG = System.getLogger(OutboundChannel.class.getName());

  private final Supplier<MqttConnection> connection;
  private final Defaults defaults;
  private volatile Optional<Flow.Subscription> upstream = Optional.empty();

  /** The channel's own attributes. */
  record Defaults(Optional<String> topic, Qos qos, boolean retain) {

    /**
     * @throws IllegalArgumentException if the message cannot be published
     */
    Publication publication(Message<?> message) {
      if (!(message.getPayload() instanceof byte[] payload)) {
        throw new IllegalArgumentException(
            "A message's payload must be byte[], not %s."
                .formatted(message.getPayload().getClass().getName()));
      }
      OutgoingTopic where =
          message
              .getMetadata(OutgoingTopic.class)
              .or(() -> topic.map(own -> new OutgoingTopic(own, Optional.empty(), retain)))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "A message has no topic. Maybe give the channel one, or the message an OutgoingTopic."));
      return new Publication(where.topic(), payload, qos, where.retain(), where.expiry());
    }
  }

  /**
   * @param connection asked when messages come, not before
   */
  OutboundChannel(Supplier<MqttConnection> connection, Defaults defaults) {
    this.connection = connection;
    this.defaults = defaults;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = Optional.of(subscription);
    subscription.request(UNDER_WAY);
  }

  @Override
  public void onNext(Message<?> message) {
    CompletionStage<Void> published;
    try {
      published = connection.get().publish(defaults.publication(message));
    } catch (IllegalArgumentException unfit) {
      LOG.log(System.Logger.Level.ERROR, "A message cannot be published: {0}", unfit.getMessage());
      settle(message.nack(unfit));
      return;
    }
    published.whenComplete(
        (done, failure) -> settle(failure == null ? message.ack() : message.nack(failure)));
  }

  @Override
  public void onError(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "A channel's source failed.", failure);
  }

  @Override
  public void onComplete() {
    LOG.log(System.Logger.Level.DEBUG, "A channel's source has ended.");
  }

  private void settle(CompletionStage<Void> answer) {
    answer.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            LOG.log(
                System.Logger.Level.WARNING, "A message's sender failed to hear of it.", failure);
          }
          upstream.ifPresent(source -> source.request(1));
        });
  }
}
