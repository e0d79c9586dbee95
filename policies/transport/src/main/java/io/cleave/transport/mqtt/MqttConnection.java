package io.cleave.transport.mqtt;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A process's connection to the broker, which outlives the broker: when it is lost it is made
 * again, the birth published first, then the subscriptions restored, then what waited sent. Only
 * when another process comes in with the same client id it stays out, since the two would throw
 * each other out for ever.
 *
 * <p>No method blocks but {@link #close}. Messages are handed out on threads where their consumers
 * may block; what waits for a publication or a state is called on one thread of its own, where it
 * must not.
 */
public final class MqttConnection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MqttConnection.class.getName());

  private final Patience patience;
  private final Threads threads;
  private final Tally tally = new Tally();
  private final Outflow outflow;
  private final Inlets inlets;
  private final Lifecycle lifecycle;

  /**
   * @param random of the waits between attempts
   * @throws IllegalArgumentException if the trust store cannot be read
   */
  public MqttConnection(
      MqttSettings settings, MqttIdentity identity, Patience patience, RandomGenerator random) {
    this.patience = patience;
    this.threads = new Threads(identity.clientId());
    this.outflow = new Outflow(System::nanoTime, threads::completion, tally);
    this.inlets = new Inlets(threads, tally);
    Backoff backoff = new Backoff(patience.firstDelay(), patience.longestDelay(), random);
    this.lifecycle =
        new Lifecycle(
            settings,
            identity,
            new Lifecycle.Timing(patience, backoff),
            new Lifecycle.Parts(threads, outflow, inlets, tally));
  }

  /** Starts to connect, and goes on until closed. Subscriptions made before are in place first. */
  public void open() {
    threads.event(lifecycle::attempt);
    threads.eventEvery(patience.acknowledgement().dividedBy(4), lifecycle::watch);
  }

  public MqttState state() {
    return lifecycle.state();
  }

  /** What keeps the connection from being made, for people; none when all is well. */
  public Optional<String> trouble() {
    return lifecycle.trouble();
  }

  public MqttCounts counts() {
    return tally.counts(outflow.waiting());
  }

  /** Tells the listener the state now and each one after it; it must not block. */
  public void onState(Consumer<MqttState> listener) {
    threads.event(() -> lifecycle.addListener(listener));
  }

  /**
   * Publishes. At QoS 0 that is now or never; at QoS 1 it waits for a connection and is sent again
   * when that was lost before the broker had acknowledged. What waits is bounded, the oldest give
   * way; of retained messages only the latest of a topic waits.
   *
   * @return completes when the message is written (QoS 0) or acknowledged (QoS 1); fails with
   *     {@link PublicationDropped} when it was given up, or with the broker's refusal
   * @throws IllegalArgumentException if MQTT cannot carry it
   */
  public CompletionStage<Void> publish(Publication publication) {
    return outflow.publish(publication);
  }

  /**
   * Messages at the pace of who takes them, for each subscriber from the moment that it subscribes,
   * each to be acknowledged. Filters of one connection should not overlap: a broker may then send a
   * message once or twice.
   */
  public Flow.Publisher<Arrival> subscribe(String filter, Qos qos) {
    return subscriber -> {
      Inlet inlet = inlet(new Filter(filter, qos), subscriber);
      subscriber.onSubscribe(inlet);
      threads.event(() -> inlets.add(inlet));
    };
  }

  /**
   * Messages as they come, acknowledged when the consumer has returned; one that throws misses that
   * message only.
   *
   * @return completes when the broker has agreed
   */
  public CompletionStage<Void> listen(String filter, Qos qos, Consumer<Arrival> consumer) {
    Inlet inlet = inlet(new Filter(filter, qos), new Listener(consumer));
    inlet.request(Long.MAX_VALUE);
    threads.event(() -> inlets.add(inlet));
    return inlet.ready();
  }

  /**
   * Publishes the farewell, if there is a connection, and ends it in order, so that the broker does
   * not publish the will. All streams end. Waits for a few seconds at most.
   */
  @Override
  public void close() {
    threads.event(lifecycle::leave);
    try {
      long limit = patience.farewell().multipliedBy(2).toMillis();
      lifecycle.left().get(limit, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException failure) {
      LOG.log(System.Logger.Level.WARNING, "The broker did not answer our farewell.", failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** A consumer did not accept it. */
  void reject(Arrival arrival, Throwable failure) {
    tally.reject(arrival, failure);
  }

  private Inlet inlet(Filter filter, Flow.Subscriber<? super Arrival> subscriber) {
    return new Inlet(filter, subscriber, threads::callback, tally);
  }
}
