package io.cleave.agents.frame;

import io.cleave.agents.loop.Loop;
import io.cleave.agents.source.Content;
import io.cleave.policies.wire.FrameReport;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts frames in order of arrival, one whenever the device is free for it, each under the plan
 * that is found for it then. A bounded number is under way at once; of those that are posted a
 * bounded number waits, and more are refused. Owned by the loop.
 */
final class FrameLoop {
  private static final int MOST_IN_A_REPORT = 32;

  private final Loop loop;
  private final Counsel counsel;
  private final DeviceRuns device;
  private final Journey journey;
  private final FrameCounts counts;
  private final Bounds bounds;
  private final Consumer<FrameRecord> log;
  private final double deadlineSeconds;
  private final ArrayDeque<Frame.Request> posted = new ArrayDeque<>();
  private final ArrayDeque<FrameReport.Answered> recent = new ArrayDeque<>();
  private Optional<Arriving> arriving = Optional.empty();
  private Optional<Loop.Timer> arrivalTimer = Optional.empty();
  private FrameReport.Counts told = FrameReport.NONE.counts(); // answered, by the last report
  private FrameReport.Counts birth = told; // of the session
  private FrameReport.Answers toldAnswers = FrameReport.Answers.NONE; // by the last report
  private FrameReport.Answers birthAnswers = toldAnswers;
  private long session;
  private double closedSeconds = Double.POSITIVE_INFINITY;
  private double nearSeconds;
  private long accepted; // of the posted
  private long started;
  private int underWay;

  /**
   * @param underWay frames that are started and not answered, at most
   * @param waiting posted frames that are not started, at most
   * @param deadlineSeconds of frames that the agent makes, from their arrival; infinite for none
   */
  record Bounds(int underWay, int waiting, double deadlineSeconds) {}

  /** Who does what for the loop. */
  record Crew(Counsel counsel, DeviceRuns device, JourneyMaker journeys) {}

  /** Makes the journey of frames whose ends are told to this sink. */
  interface JourneyMaker {
    Journey make(FrameSink sink);
  }

  /**
   * @param log gets a record of each frame when nothing is under way any more for it
   */
  FrameLoop(Loop loop, Crew crew, Bounds bounds, FrameCounts counts, Consumer<FrameRecord> log) {
    this.loop = loop;
    this.counsel = crew.counsel();
    this.device = crew.device();
    this.journey = crew.journeys().make(new FrameSink(this::ended, this::settled));
    this.bounds = bounds;
    this.counts = counts;
    this.log = log;
    this.deadlineSeconds = bounds.deadlineSeconds();
  }

  /** From now on the agent makes frames itself, too. */
  void begin(Arriving frames) {
    arriving = Optional.of(frames);
    startFrames();
  }

  /** A frame was posted; false, and nothing else happens, if too many wait. */
  boolean post(Frame.Request request) {
    if (closedSeconds < Double.POSITIVE_INFINITY || posted.size() >= bounds.waiting()) {
      counts.refused.incrementAndGet();
      return false;
    }
    posted.add(request);
    accepted++;
    counts.submitted.incrementAndGet();
    startFrames();
    return true;
  }

  /** Begins what can begin: the oldest frame that waits, as long as the device is free. */
  void startFrames() {
    arrivalTimer.ifPresent(Loop.Timer::cancel);
    arrivalTimer = Optional.empty();
    while (device.isIdle() && underWay < bounds.underWay()) {
      double now = loop.now();
      double due = arrivalSeconds();
      double oldest = posted.isEmpty() ? Double.POSITIVE_INFINITY : posted.peek().arrivalSeconds();
      if (due <= now && due <= oldest) {
        Optional<Content> made = arriving.flatMap(Arriving::take);
        if (made.isEmpty()) {
          return; // whoever makes frames calls when it is made
        }
        Content frame = made.get();
        start(
            new Frame.Request(
                due, due + deadlineSeconds, frame.inputs(), frame.label(), answer -> {}));
      } else if (oldest < Double.POSITIVE_INFINITY) {
        start(posted.remove());
      } else {
        if (due < Double.POSITIVE_INFINITY) {
          arrivalTimer = Optional.of(loop.after(due - now, this::startFrames));
        }
        return;
      }
    }
  }

  /** When the next of the agent's own frames came or will come in; infinite if none will. */
  private double arrivalSeconds() {
    return arriving
        .map(Arriving::arrivalSeconds)
        .filter(due -> due <= closedSeconds)
        .orElse(Double.POSITIVE_INFINITY);
  }

  private void start(Frame.Request request) {
    Frame frame = new Frame(request, started++, counsel.choose());
    nearSeconds = frame.course().nearSeconds();
    countArrived();
    underWay++;
    journey.start(frame);
  }

  private void countArrived() {
    arriving.ifPresent(frames -> counts.submitted.set(accepted + frames.arrived(until())));
  }

  private void ended(Frame frame, Answer answer) {
    underWay--;
    if (answer instanceof Answer.Given given) {
      count(given.record());
    } else {
      counts.failed.incrementAndGet();
    }
    frame.request.sink().accept(answer);
    if (underWay == bounds.underWay() - 1) {
      loop.execute(this::startFrames);
    }
  }

  private void count(FrameRecord record) {
    counts.completed.incrementAndGet();
    boolean offloaded = record.lookup().offloaded();
    counts.late.addAndGet(record.late() ? 1 : 0);
    counts.offloaded.addAndGet(offloaded ? 1 : 0);
    counts.rescued.addAndGet(record.hedgeWon() ? 1 : 0);
    counts.answers.add(record.told());
    double predicted = record.lookup().predictedSeconds();
    if (predicted < Double.POSITIVE_INFINITY) {
      recent.add(
          new FrameReport.Answered(
              record.latencySeconds(), predicted, record.lookup().planVersion()));
    }
    if (recent.size() > MOST_IN_A_REPORT) {
      recent.remove();
    }
  }

  private void settled(Frame frame) {
    if (frame.answered()) {
      log.accept(frame.record());
    }
  }

  /** Seconds until a new frame could begin: what the device has to do, and who waits for it. */
  double queueSeconds(double slowdown) {
    return device.queueSeconds() + waiting() * nearSeconds * slowdown;
  }

  private long waiting() {
    return posted.size() + arriving.map(frames -> frames.waiting(until())).orElse(0L);
  }

  private double until() {
    return Math.min(loop.now(), closedSeconds);
  }

  /**
   * What became of frames, for the next report.
   *
   * @param epoch of the session that it is for; a new one counts from the last report on
   */
  FrameReport report(long epoch) {
    countArrived();
    if (epoch != session) {
      session = epoch;
      birth = told;
      birthAnswers = toldAnswers;
    }
    told = counts.answered();
    toldAnswers = counts.answers.all();
    FrameReport report =
        new FrameReport(
            counts.since(birth),
            AnswerCounts.between(birthAnswers, toldAnswers),
            List.copyOf(recent));
    recent.clear();
    return report;
  }

  /** Takes no more frames; true once all that came in before are answered. */
  boolean drained() {
    closedSeconds = until();
    return underWay == 0 && waiting() == 0;
  }
}
