package io.cleave.testbed.world;

import io.cleave.policies.control.LinkWatch;
import io.cleave.traces.RoundTrip;

/**
 * A server as the device meets it in a run.
 *
 * @param up from the device
 * @param server that works for it
 * @param down to the device
 * @param watch what the device knows of the link
 * @param trip round trips and the period of their recording
 */
record Remote(Pipe up, Server server, Pipe down, LinkWatch watch, Trip trip) {
  /**
   * Round trips of a link.
   *
   * @param roundTrip within a lap of the recording
   * @param periodSeconds of a lap
   */
  record Trip(RoundTrip roundTrip, double periodSeconds) {
    double seconds(double now) {
      return roundTrip.at(now - Math.floor(now / periodSeconds) * periodSeconds);
    }
  }
}
