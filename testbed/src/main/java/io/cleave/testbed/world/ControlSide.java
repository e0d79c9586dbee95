package io.cleave.testbed.world;

import io.cleave.policies.control.ControlLoop;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.wire.Report;
import java.time.Instant;
import java.util.ArrayDeque;

/** The controller, and the messages that are on their way to it and from it. */
final class ControlSide {
  private final Clock clock;
  private final ControlLoop loop;
  private final double delaySeconds;
  private final ArrayDeque<Sent<Report>> reports = new ArrayDeque<>();
  private final ArrayDeque<Sent<String>> gone = new ArrayDeque<>();
  private final ArrayDeque<Sent<Verdict.Decided>> decisions = new ArrayDeque<>();
  private long taken;

  private record Sent<T>(double arrives, T message) {}

  ControlSide(Clock clock, ControlLoop loop, double delaySeconds) {
    this.clock = clock;
    this.loop = loop;
    this.delaySeconds = delaySeconds;
  }

  void send(Report report) {
    post(reports, report, Clock.REPORT_IN);
  }

  /** An agent has gone, and its broker says so. */
  void sendGone(String agent) {
    post(gone, agent, Clock.GONE_IN);
  }

  /** The first such message arrives. */
  void onGone() {
    loop.depart(arrived(gone, Clock.GONE_IN));
  }

  /** The report that was sent first arrives; its decision sets out. */
  void onReport() {
    Report report = arrived(reports, Clock.REPORT_IN);
    taken++;
    if (loop.onReport(report, instant()) instanceof Verdict.Decided decided) {
      post(decisions, decided, Clock.DECISION_IN);
    }
  }

  /** The decision that was sent first arrives. */
  Verdict.Decided onDecision() {
    return arrived(decisions, Clock.DECISION_IN);
  }

  long taken() {
    return taken;
  }

  private <T> void post(ArrayDeque<Sent<T>> queue, T message, int timer) {
    queue.add(new Sent<>(clock.now() + delaySeconds, message));
    if (queue.size() == 1) {
      clock.timers.set(timer, queue.element().arrives());
    }
  }

  private <T> T arrived(ArrayDeque<Sent<T>> queue, int timer) {
    T message = queue.remove().message();
    if (!queue.isEmpty()) {
      clock.timers.set(timer, queue.element().arrives());
    }
    return message;
  }

  private Instant instant() {
    return Instant.EPOCH.plusNanos(Math.round(clock.now() * 1e9));
  }
}
