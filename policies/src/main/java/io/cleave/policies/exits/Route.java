package io.cleave.policies.exits;

import io.cleave.policies.plan.Stage;

/**
 * One way to run frames: to which exit, and where the layers that lead there are cut.
 *
 * @param exit place among the network's exits
 * @param node that helps; {@link Stage#DEVICE} if none does
 * @param cut how many of the exit's layers run before it, the input counted; all of them if nobody
 *     helps
 */
record Route(int exit, int node, int cut) {
  /**
   * What it costs at any uplink rate: {@code fixedSeconds + uplinkBits * x} for x seconds per bit.
   *
   * @param route taken
   * @param fixedSeconds without the uplink
   * @param uplinkBits that cross
   */
  record Priced(Route route, double fixedSeconds, double uplinkBits) {
    /** Infinite during an outage if something crosses. */
    double secondsAt(double x) {
      return uplinkBits == 0 ? fixedSeconds : fixedSeconds + uplinkBits * x;
    }
  }
}
