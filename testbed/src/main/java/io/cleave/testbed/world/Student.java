package io.cleave.testbed.world;

import io.cleave.policies.learning.Moment;
import io.cleave.policies.learning.Sight;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import java.util.Optional;

/** Runs frames as somebody else decides, who is shown what the device and its controller know. */
final class Student implements Counsel {
  private final Party party;
  private final Sight view;
  private int[] remoteOf = {}; // [server seen] place among the device's
  private double[] secondsPerBit = {}; // [server seen]
  private int way;

  Student(Party party, Sight view) {
    this.party = party;
    this.view = view;
  }

  @Override
  public void heard(Optional<Observation> seen) {
    seen.ifPresent(this::see);
  }

  private void see(Observation seen) {
    view.see(seen);
    remoteOf = new int[seen.servers().size()];
    secondsPerBit = new double[remoteOf.length];
    for (int i = 0; i < remoteOf.length; i++) {
      remoteOf[i] = party.agent().place(seen.servers().get(i).node().name());
    }
  }

  /** True once the controller has seen anything. */
  boolean ready() {
    return view.any();
  }

  double aloneSeconds() {
    return view.aloneSeconds();
  }

  /** What is known of the frame that could start now. */
  Moment moment() {
    for (int i = 0; i < remoteOf.length; i++) {
      Remote remote = party.remotes()[remoteOf[i]];
      remote.up().observe();
      secondsPerBit[i] = 1 / remote.watch().up().bitsPerSecond();
    }
    return view.moment(secondsPerBit);
  }

  /** The next frame runs in this way. */
  void decide(int chosen) {
    way = chosen;
  }

  @Override
  public PlanTable.Entry choose(double arrivalSeconds) {
    return ready() ? entry(way) : local();
  }

  private PlanTable.Entry local() {
    CompiledPlan local = party.book().local();
    return new PlanTable.Entry(local.plan, local.nearSeconds, 0);
  }

  /** In the device's own numbers. */
  private PlanTable.Entry entry(int of) {
    int[] map = new int[remoteOf.length + 1];
    for (int i = 0; i < remoteOf.length; i++) {
      map[i + 1] = remoteOf[i] + 1;
    }
    PlanTable seen = PlanTable.constant(view.entry(of));
    return seen.renumbered(map).orElseThrow().entries().get(0);
  }

  @Override
  public double rate() {
    int node = ready() ? view.node(way) : Stage.DEVICE;
    return node == Stage.DEVICE ? 0 : 1 / secondsPerBit[node - 1];
  }
}
