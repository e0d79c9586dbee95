package io.cleave.transport.mqtt;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Turns arrivals into a channel's messages. */
final class InboundChannel implements Flow.Subscriber<Arrival> {
  private final Flow.Subscriber<? super Message<byte[]>> channel;
  private final MqttConnection connection;

  InboundChannel(Flow.Subscriber<? super Message<byte[]>> channel, MqttConnection connection) {
    this.channel = channel;
    this.connection = connection;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    channel.onSubscribe(subscription);
  }

  @Override
  public void onNext(Arrival arrival) {
    IncomingTopic topic = new IncomingTopic(arrival.topic(), arrival.retained(), arrival.expiry());
    channel.onNext(
        Message.of(
            arrival.payload(),
            List.of(topic),
            () -> acknowledge(arrival),
            failure -> {
              connection.reject(arrival, failure);
              return acknowledge(arrival);
            }));
  }

  @Override
  public void onError(Throwable failure) {
    channel.onError(failure);
  }

  @Override
  public void onComplete() {
    channel.onComplete();
  }

  private static CompletionStage<Void> acknowledge(Arrival arrival) {
    arrival.acknowledge().run();
    return CompletableFuture.completedFuture(null);
  }
}
