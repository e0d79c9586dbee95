package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import java.time.Instant;
import java.util.Map;

/**
 * Where the programs of a fleet run. Each is started once, in the order of the methods; links and
 * devices may come again, a device after it was ended.
 */
interface Ground extends AutoCloseable {
  /** Starts the broker, or looks whether it is there; as this program reaches it. */
  RunningBroker broker();

  /**
   * Starts the controller and waits until it is there.
   *
   * @return the address of its dashboard, for people
   */
  String controller();

  /** Begins to start a server. */
  Hand server(Experiment.Server server);

  /**
   * Puts emulated links between a device and all that it talks to over them.
   *
   * @param servers where they take data, by name
   * @param start of the traces
   */
  void links(Resident device, Map<String, String> servers, Instant start);

  /**
   * Begins to start a device.
   *
   * @param start of its frames
   */
  Hand device(Resident device, Instant start);

  /**
   * Complains if a program ended by itself, and fetches what devices wrote down meanwhile.
   *
   * @throws ProgramFailed if one did
   */
  void check();

  /** Ends everything, the last first. */
  @Override
  void close();
}
