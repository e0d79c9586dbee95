package io.cleave.agents.link;

import io.cleave.agents.data.CallListener;
import io.cleave.agents.data.CallTiming;
import io.cleave.agents.data.DataClient;
import io.cleave.agents.data.Outcome;
import io.cleave.agents.data.RunOrder;
import io.cleave.agents.data.RunResult;
import io.cleave.agents.data.SliceReference;
import io.cleave.agents.dnn.Step;
import io.cleave.agents.settings.HostPort;
import io.cleave.policies.control.LinkWatch;
import io.cleave.policies.wire.LinkReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The way to one server: uploads one at a time, first come first served, what is known of its rate,
 * and whether anybody is at the other end. Owned by the loop.
 */
final class Link {
  private static final double BYTE = 8;
  private static final Duration PREPARE_PATIENCE = Duration.ofMinutes(2);

  private final String server;
  private final LinkTerms terms;
  private final LinkWatch watch = new LinkWatch();
  private final Sending sending;
  private final Prober prober;
  private final ArrayDeque<Errand> line = new ArrayDeque<>();
  private final Set<Errand> open = new LinkedHashSet<>(); // all that are not over
  private Optional<Errand> running = Optional.empty(); // whose upload has the link
  private Optional<DataClient> client = Optional.empty();
  private Optional<HostPort> address = Optional.empty();
  private long epoch = -1;
  private double sentSeconds = Double.NEGATIVE_INFINITY; // the last frame
  private double expectedSeconds = Double.NEGATIVE_INFINITY; // the next, if they come evenly
  private boolean online;
  private boolean reachable = true;

  Link(String server, LinkTerms terms) {
    this.server = server;
    this.terms = terms;
    this.sending = new Sending(terms.loop(), watch);
    this.prober = new Prober(terms.loop(), watch, sending, this::free, this::reached);
  }

  void online(long newEpoch, HostPort at) {
    if (newEpoch < epoch) {
      return; // a birth that was overtaken
    }
    boolean anew = newEpoch > epoch || !online;
    epoch = newEpoch;
    online = true;
    if (!address.equals(Optional.of(at))) {
      address = Optional.of(at);
      client.ifPresent(DataClient::close);
      DataClient next = terms.connector().apply(at);
      client = Optional.of(next);
      prober.over(next);
    }
    if (anew) {
      reachable = true;
      terms.onNew().accept(server);
    }
  }

  /** A will of a session before the present one says nothing of this one. */
  void offline(long endedEpoch) {
    if (endedEpoch < epoch) {
      return;
    }
    epoch = endedEpoch;
    online = false;
    for (Errand errand : List.copyOf(open)) {
      fail(errand, server + " said that it is gone");
    }
  }

  boolean open() {
    return online && reachable;
  }

  Optional<HostPort> address() {
    return address;
  }

  double uplinkBitsPerSecond() {
    sending.observe();
    return watch.up().bitsPerSecond();
  }

  Errand send(Links.Stage stage, Consumer<ErrandEvent> listener) {
    Errand errand = new Errand(this, stage, listener);
    open.add(errand);
    if (stage.work().inputs().isEmpty()) { // it asks for something: nothing of it crosses
      errand.phase = Errand.Phase.AWAITING;
      call(errand);
      return errand;
    }
    expectNext(terms.loop().now());
    prober.giveWay();
    line.add(errand);
    proceed();
    return errand;
  }

  private void expectNext(double now) {
    double gap = sentSeconds > Double.NEGATIVE_INFINITY ? now - sentSeconds : 0;
    expectedSeconds = now + gap;
    sentSeconds = now;
  }

  void cancel(Errand errand) {
    boolean known = errand.phase != Errand.Phase.OVER;
    errand.phase = Errand.Phase.OVER;
    open.remove(errand);
    line.remove(errand);
    errand.call.ifPresent(call -> call.cancel());
    if (known && running.equals(Optional.of(errand))) {
      freeLink();
    }
  }

  private void proceed() {
    while (running.isEmpty() && !line.isEmpty()) {
      begin(line.remove());
    }
  }

  private void begin(Errand errand) {
    running = Optional.of(errand);
    errand.phase = Errand.Phase.SENDING;
    sending.start(errand.stage.promisedBitsPerSecond(), watch.rttSeconds(), errand.totalBits);
    call(errand);
  }

  private void call(Errand errand) {
    RunOrder order = terms.order(errand.stage);
    errand.call =
        Optional.of(
            client
                .orElseThrow()
                .run(
                    order,
                    new CallListener<>(
                        errand::packed,
                        bits -> acknowledged(errand, bits),
                        bits -> errand.downBytes = (long) (bits / BYTE),
                        outcome -> ended(errand, outcome))));
  }

  private void acknowledged(Errand errand, double bits) {
    errand.upBytes = (long) (bits / BYTE);
    if (errand.phase == Errand.Phase.SENDING) {
      sending.acknowledged(bits);
      if (bits >= errand.totalBits) {
        crossed(errand);
      }
    }
  }

  private void ended(Errand errand, Outcome<RunResult> outcome) {
    if (errand.phase == Errand.Phase.OVER) {
      return; // called off, and the word of it came back
    }
    if (outcome instanceof Outcome.Answered<RunResult> answered) {
      crossed(errand);
      over(errand);
      reached();
      errand.tell(answer(answered.result()));
    } else if (outcome instanceof Outcome.Failed<RunResult> failed) {
      if (failed.failure() == Outcome.Failure.UNREACHABLE) {
        lost();
      } else if (failed.failure() != Outcome.Failure.LATE
          && errand.stage.work().handOver().isEmpty()) {
        terms.onDoubt().accept(server);
      }
      fail(errand, server + ": " + failed.message());
    }
  }

  private ErrandEvent answer(RunResult result) {
    CallTiming timing = result.timing();
    double now = terms.loop().now();
    if (timing.streamedBytes() > 0) {
      watch.receiving().start(now - timing.downloadSeconds(), 0);
      watch.receiving().end(timing.streamedBytes() * BYTE, now);
    }
    double codec = timing.encodeSeconds() + timing.codecSeconds() + timing.decodeSeconds();
    return new ErrandEvent.Answered(
        result.outputs(),
        result.exit(),
        new ErrandEvent.There(timing.queueSeconds(), timing.computeSeconds(), codec),
        watch.rttSeconds(),
        new Traffic(timing.uplinkBytes(), timing.downlinkBytes()));
  }

  /** The upload is across, if that was not known yet; the link is free for the next. */
  private void crossed(Errand errand) {
    if (errand.phase == Errand.Phase.SENDING) {
      errand.phase = Errand.Phase.AWAITING;
      sending.heard();
      watch.probes().traffic(terms.loop().now());
      errand.tell(new ErrandEvent.Crossed());
      freeLink();
    }
  }

  private void freeLink() {
    sending.end();
    running = Optional.empty();
    proceed();
  }

  private void fail(Errand errand, String why) {
    errand.cancel();
    errand.tell(new ErrandEvent.Failed(why, errand.traffic()));
  }

  private void over(Errand errand) {
    errand.phase = Errand.Phase.OVER;
    open.remove(errand);
  }

  /** Nobody answers there: nothing is sent until a probe comes through. */
  private void lost() {
    reachable = false;
    prober.soon();
  }

  private void reached() {
    if (!reachable) {
      reachable = true;
      terms.onNew().accept(server);
    }
  }

  /**
   * True if nothing crosses, and no frame is expected before so many seconds are over: what a probe
   * has sent cannot be called back, and frames that come measure the link themselves.
   */
  private boolean free(double seconds) {
    double now = terms.loop().now();
    boolean soon = now < expectedSeconds && expectedSeconds < now + seconds;
    return online && running.isEmpty() && !soon;
  }

  CompletionStage<Void> prepare(Step step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (client.isEmpty() || !open()) {
      done.completeExceptionally(new IllegalStateException(server + " is not there"));
      return done;
    }
    client
        .get()
        .prepare(
            List.of(new SliceReference(terms.modelSha256(), List.of(step))),
            PREPARE_PATIENCE,
            CallListener.atEnd(
                outcome -> {
                  if (outcome instanceof Outcome.Failed<Duration> failed) {
                    done.completeExceptionally(new IllegalStateException(failed.message()));
                  } else {
                    done.complete(null);
                  }
                }));
    return done;
  }

  Optional<LinkReport> report() {
    sending.observe();
    return open() ? watch.report(server) : Optional.empty();
  }

  LinkStatus status() {
    return new LinkStatus(
        open(),
        watch.up().bitsPerSecond(),
        watch.down().bitsPerSecond(),
        watch.rttSeconds(),
        prober.sent(),
        prober.bits(),
        watch.up().rejected() + watch.down().rejected());
  }

  void close() {
    online = false;
    prober.close();
    client.ifPresent(DataClient::close);
  }
}
