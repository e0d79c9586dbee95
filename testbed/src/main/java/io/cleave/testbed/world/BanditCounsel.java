package io.cleave.testbed.world;

import io.cleave.policies.learning.FrameBandit;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.HashMap;
import java.util.Map;

/** Asks a bandit for every frame, and tells it how long the part behind the cut took. */
final class BanditCounsel implements Counsel {
  private final Clock clock;
  private final PlanBook book;
  private final Planner planner;
  private final FrameBandit bandit;
  private final Map<Double, Double> starts = new HashMap<>(); // by when the frame came in

  /**
   * @param planner who is asked: the bandit, or one that holds it to something
   */
  BanditCounsel(Clock clock, PlanBook book, Planner planner, FrameBandit bandit) {
    this.planner = planner;
    this.clock = clock;
    this.book = book;
    this.bandit = bandit;
  }

  @Override
  public PlanTable.Entry choose(double arrivalSeconds) {
    starts.put(arrivalSeconds, clock.now());
    return planner.plan(book.unloaded()).entries().get(0);
  }

  @Override
  public void answered(FrameRecord frame) {
    Double start = starts.remove(frame.arrivalSeconds());
    if (start != null && !frame.plan().isLocal()) {
      double since = frame.arrivalSeconds() + frame.latencySeconds() - start;
      double far = since - book.of(frame.plan()).nearSeconds;
      bandit.answered(frame.plan(), Math.max(0, far));
    }
  }

  @Override
  public double rate() {
    return 0;
  }
}
