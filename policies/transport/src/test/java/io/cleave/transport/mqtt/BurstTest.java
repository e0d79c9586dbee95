package io.cleave.transport.mqtt;

import static io.cleave.transport.mqtt.Site.LIMIT_SECONDS;
import static io.cleave.transport.mqtt.Site.await;
import static io.cleave.transport.mqtt.Site.reaches;
import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BurstTest {
  private static final int MESSAGES = 20_000;

  /** So many under way, as a channel has. */
  private static final int WINDOW = 256;

  /**
   * At QoS 0, so many windows may be between sender and receiver, by marks that come after each.
   * More than the sockets hold a broker may drop, if the receiver gets no processor time for a
   * while: that is no loss of ours. At QoS 1 it keeps them, marks too.
   */
  private static final int WINDOWS = 2;

  @ParameterizedTest
  @EnumSource(Qos.class)
  void losesNothingInABurstIntoASlowConsumer(Qos qos) throws InterruptedException {
    try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.local());
        Site site = new Site(broker)) {
      MqttConnection receiver = site.connection(MqttIdentity.silent("receiver"));
      Slow consumer = new Slow();
      receiver.subscribe("burst", qos).subscribe(consumer);
      receiver.open();
      await(reaches(receiver, MqttState.CONNECTED));
      Semaphore windows = new Semaphore(WINDOWS);
      await(receiver.listen("mark", qos, arrival -> windows.release()));

      MqttConnection sender = site.connected("sender");
      Queue<CompletionStage<Void>> underWay = new ArrayDeque<>();
      for (int i = 0; i < MESSAGES; i++) {
        if (qos == Qos.AT_MOST_ONCE && i % WINDOW == 0) {
          assertThat(windows.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
          await(sender.publish(message("mark", i, qos)));
        }
        underWay.add(sender.publish(message("burst", i, qos)));
        if (underWay.size() == WINDOW) {
          await(underWay.remove());
        }
      }
      for (CompletionStage<Void> last : underWay) {
        await(last);
      }
      // Only what was asked for has been handed out, whatever has come in meanwhile.
      assertThat(consumer.seen.cardinality()).isEqualTo(consumer.asked);
      consumer.takeAll();

      assertThat(consumer.all.await(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as("%d of %d arrived: %s", consumer.seen.cardinality(), MESSAGES, receiver.counts())
          .isTrue();
      assertThat(consumer.seen.cardinality()).isEqualTo(MESSAGES);
      assertThat(receiver.counts().overflowed()).isZero();
      assertThat(sender.counts().dropped()).isZero();
      assertThat(sender.counts().published()).isEqualTo(MESSAGES + marks(qos));
    }
  }

  private static Publication message(String topic, int number, Qos qos) {
    byte[] payload = ByteBuffer.allocate(1000).putInt(number).array();
    return new Publication(topic, payload, qos, false, Optional.empty());
  }

  private static int marks(Qos qos) {
    return qos == Qos.AT_MOST_ONCE ? (MESSAGES + WINDOW - 1) / WINDOW : 0;
  }

  /** Asks for ten, then for nothing until told. */
  private static final class Slow implements Flow.Subscriber<Arrival> {
    final int asked = 10;
    final BitSet seen = new BitSet();
    final CountDownLatch all = new CountDownLatch(MESSAGES);
    final CountDownLatch first = new CountDownLatch(asked);
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    void takeAll() throws InterruptedException {
      assertThat(first.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      subscription.join().request(Long.MAX_VALUE);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
      given.request(asked);
    }

    @Override
    public void onNext(Arrival arrival) {
      synchronized (seen) {
        seen.set(ByteBuffer.wrap(arrival.payload()).getInt());
      }
      arrival.acknowledge().run();
      first.countDown();
      all.countDown();
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }
}
