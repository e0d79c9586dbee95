package io.cleave.transport.mqtt;

import static io.cleave.transport.mqtt.Site.await;
import static io.cleave.transport.mqtt.Site.bytes;
import static io.cleave.transport.mqtt.Site.inbox;
import static io.cleave.transport.mqtt.Site.next;
import static io.cleave.transport.mqtt.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class InletTest {
  @Test
  void aConsumerThatLeavesWithoutAcknowledgingBlocksNoOther() throws InterruptedException {
    try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.local());
        Site site = new Site(broker)) {
      MqttConnection client = site.connected("client");
      Leaver leaver = new Leaver();
      client.subscribe("left", Qos.AT_LEAST_ONCE).subscribe(leaver);
      BlockingQueue<Arrival> inbox = inbox(client, "other");
      MqttConnection sender = site.connected("sender");
      for (int i = 0; i < 5; i++) {
        await(sender.publish(Publication.sure("left", bytes("m" + i))));
      }
      await(leaver.gone);
      List<CompletionStage<Void>> published = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        published.add(sender.publish(Publication.sure("other", bytes("o" + i))));
      }
      for (int i = 0; i < 5000; i++) {
        assertThat(text(next(inbox))).isEqualTo("o" + i);
      }
      for (CompletionStage<Void> each : published) {
        await(each);
      }
    }
  }

  /** Takes a message, and leaves without acknowledging it. */
  private static final class Leaver implements Flow.Subscriber<Arrival> {
    final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
      given.request(5);
    }

    @Override
    public void onNext(Arrival arrival) {
      subscription.join().cancel();
      gone.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
      gone.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {}
  }
}
