package io.cleave.testbed.world;

import io.cleave.policies.baseline.LocalOnly;
import io.cleave.policies.learning.Moment;
import io.cleave.policies.learning.Sight;
import io.cleave.policies.plan.Weights;
import java.util.List;

/** One world of an environment, from its begin to its end. */
final class Episode {
  private final Party party;
  private final Student student;
  private final Run run;
  private final ArrivalClock incoming; // runs with the clock
  private final Weights weights;
  private double doneCost; // of the frames that are answered
  private double openArrivals; // sum over frames that are in and not answered
  private long open;
  private double costBefore;
  private Moment moment = Moment.NONE;
  private boolean over;

  Episode(Scenario scenario, Sight sight, long seed) {
    SiteScenario site = new SiteScenario(List.of(scenario));
    Cast cast = new Cast(site, PlannerFactory.of(new LocalOnly()), Control.none(), seed);
    this.party = cast.parties().get(0);
    this.student = new Student(party, sight);
    this.incoming = ArrivalClock.of(scenario.workload(), Cast.arrivalSeed(seed));
    this.weights = scenario.workload().demand().weights();
    party.follow(student);
    this.run = new Run(cast, device -> this::done);
    toNext();
    costBefore = cost();
  }

  boolean isOver() {
    return over;
  }

  Moment moment() {
    return moment;
  }

  /** Runs the next frame in this way; what that cost all, as a share of the seconds alone. */
  double run(int way) {
    double alone = student.aloneSeconds();
    student.decide(way);
    start();
    toNext();
    double cost = cost();
    double since = cost - costBefore;
    costBefore = cost;
    return since / alone;
  }

  private void done(FrameRecord frame) {
    doneCost += frame.latencySeconds() + weights.joules(frame.outcome().joules());
    openArrivals -= frame.arrivalSeconds();
    open--;
  }

  /** What all frames that are in have cost so far. */
  private double cost() {
    double now = party.clock().now();
    while (incoming.seconds() <= now) {
      openArrivals += incoming.seconds();
      open++;
      incoming.advance();
    }
    return doneCost + open * now - openArrivals;
  }

  private void toNext() {
    int device = run.toNextFrame();
    while (device != Run.NOBODY && !student.ready()) {
      start();
      device = run.toNextFrame();
    }
    over = device == Run.NOBODY;
    if (!over) {
      cost();
      moment = student.moment();
    }
  }

  private void start() {
    run.startFrame(0);
  }
}
