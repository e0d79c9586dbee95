package io.cleave.transport.mqtt;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Takes messages as they come, and acknowledges each when the consumer has returned. */
final class Listener implements Flow.Subscriber<Arrival> {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());

  private final Consumer<Arrival> consumer;

  Listener(Consumer<Arrival> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Arrival arrival) {
    consumer.accept(arrival);
    arrival.acknowledge().run();
  }

  @Override
  public void onError(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "A subscription failed.", failure);
  }

  @Override
  public void onComplete() {
    LOG.log(System.Logger.Level.DEBUG, "A subscription ended with its connection.");
  }
}
