package io.cleave.policies.cost;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;

/** Links and machines while a shared stage is under way: each does one thing at a time. */
final class Resources {
  private static final int RADIO = 0;

  private final Observation observation;
  private final boolean oneRadio;
  private final double[] upFree; // [node] when its uplink is; of the one radio [RADIO]
  private final double[] downFree;
  private final double[] machineFree;
  private final boolean[] met; // [node] true if the queue found there is behind

  Resources(Observation observation, Airtime airtime) {
    int nodes = observation.servers().size() + 1;
    this.observation = observation;
    this.oneRadio = airtime == Airtime.SHARED;
    this.upFree = new double[nodes];
    this.downFree = oneRadio ? upFree : new double[nodes];
    this.machineFree = new double[nodes];
    this.met = new boolean[nodes];
    met[Stage.DEVICE] = true; // whose own queue is waited for before anything is handed out
  }

  double upBitsPerSecond(int node) {
    return observation.server(node).link().up().bitsPerSecond();
  }

  double downBitsPerSecond(int node) {
    return observation.server(node).link().down().bitsPerSecond();
  }

  double halfTrip(int node) {
    return observation.server(node).link().rttSeconds() / 2;
  }

  /** When a transfer to a node begins that could at some time. */
  double up(int node, double ready, double seconds) {
    return take(upFree, oneRadio ? RADIO : node, ready, seconds);
  }

  /** The same for one back. */
  double down(int node, double ready, double seconds) {
    return take(downFree, oneRadio ? RADIO : node, ready, seconds);
  }

  /** When a machine begins a piece. */
  double work(int node, double ready, double seconds) {
    double queue = met[node] ? 0 : observation.node(node).queueSeconds();
    met[node] = true;
    return take(machineFree, node, ready + queue, seconds);
  }

  private static double take(double[] free, int place, double ready, double seconds) {
    double begin = Math.max(ready, free[place]);
    free[place] = begin + seconds;
    return begin;
  }
}
