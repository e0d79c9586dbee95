package io.cleave.agents.link;

import io.cleave.agents.data.CallListener;
import io.cleave.agents.data.DataCall;
import io.cleave.agents.data.DataClient;
import io.cleave.agents.data.Outcome;
import io.cleave.agents.data.ProbeResult;
import io.cleave.agents.loop.Loop;
import io.cleave.policies.control.LinkWatch;
import io.cleave.policies.control.ProbeSchedule;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Probes an idle link: an empty probe for the round trip, then some bytes up, then some down, as
 * many as either estimate is worth. A probe gives way to frames, does not begin where one is
 * expected before it is over, and is given up when it takes too long. Owned by the loop.
 */
final class Prober {
  private static final double BYTE = 8;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Loop loop;
  private final LinkWatch watch;
  private final Sending sending;
  private final DoublePredicate free;
  private final Runnable onAnswer;
  private final RoundTrips trips = new RoundTrips();
  private Optional<DataClient> client = Optional.empty();
  private Optional<Probe> running = Optional.empty();
  private Optional<Loop.Timer> timer = Optional.empty();
  private long sent;
  private double bits;

  /** One probe under way. */
  private static final class Probe {
    final double upBits;
    final double downBits;
    final double before;
    Optional<DataCall> call = Optional.empty();
    boolean uploading = true;
    double uploadedBits;
    double downloadedBits;

    Probe(double upBits, double downBits, double before) {
      this.upBits = upBits;
      this.downBits = downBits;
      this.before = before;
    }
  }

  /**
   * @param free whether the link may be probed for so many seconds
   * @param onAnswer called when something came through
   */
  Prober(Loop loop, LinkWatch watch, Sending sending, DoublePredicate free, Runnable onAnswer) {
    this.loop = loop;
    this.watch = watch;
    this.sending = sending;
    this.free = free;
    this.onAnswer = onAnswer;
  }

  /** Probes by this client from now on. */
  void over(DataClient newClient) {
    abort();
    client = Optional.of(newClient);
    onTime();
  }

  /** Looks at the schedule anew. */
  void soon() {
    watch.probes().traffic(loop.now());
    arm();
  }

  long sent() {
    return sent;
  }

  /** That crossed, both ways. */
  double bits() {
    return bits;
  }

  /** A frame wants the link, whose answers would wait behind what comes down as well. */
  void giveWay() {
    abort();
  }

  void close() {
    abort();
    timer.ifPresent(Loop.Timer::cancel);
    client = Optional.empty();
  }

  private void arm() {
    timer.ifPresent(Loop.Timer::cancel);
    double wait = Math.max(watch.probes().dueSeconds() - loop.now(), Sending.TICK_SECONDS);
    timer = Optional.of(loop.after(wait, this::onTime));
  }

  private void onTime() {
    boolean due = watch.probes().dueSeconds() <= loop.now();
    if (due && client.isPresent() && running.isEmpty() && free.test(expectedSeconds())) {
      begin(client.get());
    }
    arm();
  }

  /** That a probe will take: three round trips and its bytes; infinite in an outage. */
  private double expectedSeconds() {
    double up = watch.up().bitsPerSecond();
    double down = watch.down().known() ? watch.down().bitsPerSecond() : up;
    double bytes = watch.probes().bits(up) / up + watch.probes().bits(down) / down;
    return 3 * watch.rttSeconds() + bytes;
  }

  private void begin(DataClient over) {
    double before = watch.up().bitsPerSecond();
    double down = watch.probes().bits(watch.down().bitsPerSecond());
    Probe probe = new Probe(watch.probes().bits(before), down, before);
    running = Optional.of(probe);
    sent++;
    sending.start(before, watch.rttSeconds(), 0); // silence from here on means something
    probe.call =
        Optional.of(
            over.probe(
                0, 0, LONGEST, CallListener.atEnd(outcome -> onRoundTrip(probe, over, outcome))));
    loop.after(ProbeSchedule.TIMEOUT_SECONDS, () -> overdue(probe));
  }

  private void onRoundTrip(Probe probe, DataClient over, Outcome<ProbeResult> outcome) {
    if (!running.equals(Optional.of(probe))) {
      return;
    }
    if (outcome instanceof Outcome.Answered<ProbeResult> answered) {
      double rtt = answered.result().roundTripSeconds();
      trips.add(rtt);
      watch.roundTrip(trips.seconds());
      onAnswer.run();
      sending.heard();
      sending.end();
      send(probe, over, rtt);
    } else {
      onLost();
    }
  }

  /**
   * @param rtt measured just now: what delays programs at either end delays the next as much
   */
  private void send(Probe probe, DataClient over, double rtt) {
    sending.start(probe.before, rtt, probe.upBits);
    probe.call =
        Optional.of(
            over.probe(
                (int) (probe.upBits / BYTE),
                0,
                LONGEST,
                new CallListener<>(
                    got -> onUploaded(probe, got),
                    got -> {},
                    ended -> onSent(probe, over, ended))));
  }

  private void onUploaded(Probe probe, double got) {
    probe.uploadedBits = got;
    if (probe.uploading) {
      sending.acknowledged(got);
    }
    if (probe.uploading && got >= probe.upBits - BYTE) {
      probe.uploading = false;
      sending.end();
      watch.probes().answered(probe.before, watch.up().bitsPerSecond(), loop.now());
    }
  }

  private void onSent(Probe probe, DataClient over, Outcome<ProbeResult> outcome) {
    if (!running.equals(Optional.of(probe))) {
      return;
    }
    if (outcome instanceof Outcome.Answered<ProbeResult>) {
      fetch(probe, over);
    } else {
      onLost();
    }
  }

  private void fetch(Probe probe, DataClient over) {
    probe.call =
        Optional.of(
            over.probe(
                0,
                (int) (probe.downBits / BYTE),
                LONGEST,
                new CallListener<>(
                    got -> {}, got -> probe.downloadedBits = got, ended -> onEnd(probe, ended))));
  }

  private void onEnd(Probe probe, Outcome<ProbeResult> outcome) {
    if (!running.equals(Optional.of(probe))) {
      return;
    }
    if (outcome instanceof Outcome.Answered<ProbeResult> answered) {
      double now = loop.now();
      watch.receiving().start(now - answered.result().downloadSeconds(), 0);
      watch.receiving().end(probe.downloadedBits, now);
      onAnswer.run();
      over(probe);
      arm();
    } else {
      onLost();
    }
  }

  private void onLost() {
    abort();
    watch.probes().lost(loop.now());
    arm();
  }

  private void overdue(Probe probe) {
    if (running.equals(Optional.of(probe))) {
      boolean lost = probe.uploading;
      abort();
      if (lost) {
        watch.probes().lost(loop.now());
      }
      arm();
    }
  }

  /** What it brought across still counts. */
  private void abort() {
    running.ifPresent(
        probe -> {
          if (probe.uploading) {
            probe.uploading = false;
            sending.end();
          }
          over(probe);
          probe.call.ifPresent(DataCall::cancel);
        });
  }

  private void over(Probe probe) {
    running = Optional.empty();
    bits += probe.uploadedBits + probe.downloadedBits;
  }
}
