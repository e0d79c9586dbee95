package io.cleave.agents.frame;

import io.cleave.policies.wire.FrameReport;
import java.util.concurrent.atomic.AtomicLong;

/** What became of frames since the session's birth. Read by any thread. */
public final class FrameCounts {
  final AtomicLong submitted = new AtomicLong();
  final AtomicLong completed = new AtomicLong();
  final AtomicLong late = new AtomicLong();
  final AtomicLong offloaded = new AtomicLong();
  final AtomicLong rescued = new AtomicLong();
  final AtomicLong failed = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong hedges = new AtomicLong();
  final AtomicLong hedgesWon = new AtomicLong();
  final AtomicLong expired = new AtomicLong();
  final AtomicLong failedStages = new AtomicLong();
  final AtomicLong withheld = new AtomicLong();
  final AtomicLong zeros = new AtomicLong();
  final AtomicLong reuses = new AtomicLong();
  final AnswerCounts answers = new AnswerCounts();

  /** What they were told. */
  public AnswerCounts answers() {
    return answers;
  }

  /** Taken in. */
  public long submitted() {
    return submitted.get();
  }

  /** Answered. */
  public long completed() {
    return completed.get();
  }

  /** Answered after their deadline. */
  public long late() {
    return late.get();
  }

  /** Answered under a plan that used a server. */
  public long offloaded() {
    return offloaded.get();
  }

  /** Offloaded, and answered by the device itself. */
  public long rescued() {
    return rescued.get();
  }

  /** That this machine cannot run at all, though it took them in. */
  public long failed() {
    return failed.get();
  }

  /** Not taken in, since too many wait. */
  public long refused() {
    return refused.get();
  }

  /** Begun to be run on the device beside or instead of their way. */
  public long hedges() {
    return hedges.get();
  }

  /** Of those, answered by it. */
  public long hedgesWon() {
    return hedgesWon.get();
  }

  /** Uploads dropped since they still waited at the deadline. */
  public long expired() {
    return expired.get();
  }

  /** Stages that failed, at a server or here. */
  public long failedStages() {
    return failedStages.get();
  }

  /** Run under the safe plan since the server of the plan in force was gone or not ready. */
  public long withheld() {
    return withheld.get();
  }

  /** Pieces that did not come in time and were taken for zeros. */
  public long zeros() {
    return zeros.get();
  }

  /** Pieces that were made of what their neighbours handed on. */
  public long reuses() {
    return reuses.get();
  }

  /** What was answered until now: what a session that begins has not done itself. */
  FrameReport.Counts answered() {
    long done = completed.get();
    return new FrameReport.Counts(done, done, late.get(), offloaded.get(), rescued.get());
  }

  /** Since a session's birth; frames that were under way then are its own. */
  FrameReport.Counts since(FrameReport.Counts birth) {
    FrameReport.Counts now = answered(); // first: what is submitted meanwhile may not be less
    return new FrameReport.Counts(
        submitted.get() - birth.submitted(),
        now.completed() - birth.completed(),
        now.late() - birth.late(),
        now.offloaded() - birth.offloaded(),
        now.rescued() - birth.rescued());
  }
}
