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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BurstTest {
  private static final int MESSAGES = 20_000;

  /** So many under way, as a channel has. */
  private static final int WINDOW = 256;

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
      await(receiver.listen("ready", qos, arrival -> {}));

      MqttConnection sender = site.connected("sender");
      Queue<CompletionStage<Void>> underWay = new ArrayDeque<>();
      for (int i = 0; i < MESSAGES; i++) {
        byte[] payload = ByteBuffer.allocate(1000).putInt(i).array();
        underWay.add(
            sender.publish(new Publication("burst", payload, qos, false, Optional.empty())));
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
      assertThat(sender.counts().published()).isEqualTo(MESSAGES);
    }
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
