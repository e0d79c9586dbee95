package io.cleave.testbed.world;

import io.cleave.policies.wire.Capacity;
import io.cleave.traces.Trace;

/**
 * A server, the link to it, and how loaded it is.
 *
 * @param machine its unloaded speed
 * @param link recorded network between the device and it
 * @param load how much slower it is at each time
 * @param calls what they carry besides tensors
 * @param capacity how much it takes, as it tells the controller
 */
public record RemoteMachine(
    Machine machine, Trace link, LoadSeries load, CallBytes calls, Capacity capacity) {
  /** One that takes whatever comes. */
  public RemoteMachine(Machine machine, Trace link, LoadSeries load, CallBytes calls) {
    this(machine, link, load, calls, Capacity.ANY);
  }
}
