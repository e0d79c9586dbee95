package io.cleave.testbed.world;

import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;

/** Asks a planner anew for every frame, with the truth: the rates and loads of this moment. */
final class ClairvoyantCounsel implements Counsel {
  private final Clock clock;
  private final PlanBook book;
  private final Planner planner;
  private final TraceForecast forecast;
  private final Remote[] remotes;
  private final LayerTimes[] times; // [server] at the last slowdown
  private final double[] slowdowns; // [server]
  private double rate;

  ClairvoyantCounsel(
      Clock clock, PlanBook book, Planner planner, TraceForecast forecast, Remote[] remotes) {
    this.clock = clock;
    this.book = book;
    this.planner = planner;
    this.forecast = forecast;
    this.remotes = remotes;
    this.times = new LayerTimes[remotes.length];
    this.slowdowns = new double[remotes.length];
  }

  @Override
  public PlanTable.Entry choose(double arrivalSeconds) {
    forecast.frame(arrivalSeconds);
    Observation truth = truth();
    PlanTable table = planner.plan(truth);
    Bandwidth up = truth.server(Math.max(1, PlanInForce.serverOf(table))).link().up();
    rate = up.bitsPerSecond();
    PlanTable.Entry entry = table.at(up);
    forecast.commit(book.of(entry.plan()));
    return entry;
  }

  @Override
  public double rate() {
    return rate;
  }

  private Observation truth() {
    Observation unloaded = book.unloaded();
    List<ServerState> servers = new ArrayList<>();
    for (int i = 0; i < remotes.length; i++) {
      Remote remote = remotes[i];
      NodeState idle = unloaded.server(i + 1).node();
      double queue = Math.max(0, forecast.cpuFree(i) - clock.now());
      servers.add(
          new ServerState(
              idle.with(loaded(i, idle.times())).withQueue(queue),
              new LinkState(
                  new Bandwidth(remote.up().rate()),
                  new Bandwidth(remote.down().rate()),
                  remote.trip().seconds(clock.now()),
                  RateError.NONE)));
    }
    return unloaded.with(servers);
  }

  private LayerTimes loaded(int server, LayerTimes idle) {
    double slowdown = remotes[server].server().slowdown();
    if (slowdown != slowdowns[server]) {
      slowdowns[server] = slowdown;
      times[server] = slowdown == 1 ? idle : idle.scaled(slowdown);
    }
    return times[server];
  }
}
