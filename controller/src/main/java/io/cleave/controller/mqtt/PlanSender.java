package io.cleave.controller.mqtt;

import io.cleave.controller.control.LoopThread;
import io.cleave.controller.control.SiteState;
import io.cleave.policies.wire.Decision;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.OutgoingTopic;
import io.cleave.transport.mqtt.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Sends decisions, retained, for as long as their lease: a broker never hands out a dead plan. Only
 * so many are under way at a time; the others wait in the loop's mailbox, where a newer one of the
 * same agent takes their place.
 */
@Singleton
public final class PlanSender {
  private static final Logger LOG = Logger.getLogger(PlanSender.class);
  private static final int UNDER_WAY = 128;

  private final LoopThread loop;
  private final Topics topics;
  private final Emitter<byte[]> plans;
  private final Clock clock;
  private final Counter failed;
  private final Semaphore free = new Semaphore(UNDER_WAY);
  private final Thread thread = new Thread(this::run, "plan-sender");

  PlanSender(
      LoopThread loop,
      SiteState site,
      @Channel("plans") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 2 * UNDER_WAY)
          Emitter<byte[]> plans,
      Clock clock,
      MeterRegistry meters) {
    this.loop = loop;
    this.topics = new Topics(site.settings().site());
    this.plans = plans;
    this.clock = clock;
    this.failed = meters.counter("cleave.decisions.unsent");
    thread.setDaemon(true);
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  /** Ends; what waits is not sent, since its agents still have a lease. */
  public void stop() {
    thread.interrupt();
  }

  private void run() {
    while (!thread.isInterrupted()) {
      try {
        free.acquire();
        send(loop.decisions().take());
      } catch (InterruptedException interrupt) {
        return;
      }
    }
  }

  private void send(Decision decision) {
    Instant now = clock.instant();
    Duration lease = Duration.between(now, decision.validUntil());
    if (lease.toSeconds() < 1) {
      free.release(); // it has waited for the broker until it was worth nothing
      failed.increment();
      return;
    }
    OutgoingTopic topic =
        new OutgoingTopic(topics.plan(decision.agent()), Optional.of(lease), true);
    try {
      byte[] json = WireJson.write(decision, now);
      plans.send(Message.of(json, Metadata.of(topic), this::sent, why -> lost(decision, why)));
    } catch (IllegalArgumentException | IllegalStateException unfit) {
      lost(decision, unfit);
    }
  }

  private CompletionStage<Void> sent() {
    free.release();
    return CompletableFuture.completedFuture(null);
  }

  /** The next report of the agent that does not have it brings it up again. */
  private CompletionStage<Void> lost(Decision decision, Throwable why) {
    free.release();
    failed.increment();
    LOG.debugf(why, "Version %d was not sent to %s", decision.version(), decision.agent());
    return CompletableFuture.completedFuture(null);
  }
}
