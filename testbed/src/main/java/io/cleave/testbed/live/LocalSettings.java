package io.cleave.testbed.live;

import io.cleave.testbed.UserError;
import java.util.Optional;

/**
 * What a local world is made of, whatever it runs.
 *
 * @param home where the programs are
 * @param broker that all talk through
 * @param port of the controller's dashboard; 0 for any free one
 * @param openEnd true if frames come until somebody stops the world; false for as long as the
 *     experiment says
 * @param liveReload a Maven of 3.9 or later that runs the controller from its sources, so that
 *     edits are seen at once; absent to run it as it was built
 */
public record LocalSettings(
    CleaveHome home, BrokerChoice broker, int port, boolean openEnd, Optional<String> liveReload) {
  public LocalSettings {
    if (port < 0 || port > 65_535) {
      throw new UserError("A port is a number in 0..65535, not %d.".formatted(port));
    }
  }

  /** Runs for as long as the experiment says, with any free port. */
  public static LocalSettings closed(BrokerChoice broker) {
    return new LocalSettings(CleaveHome.ofLauncher(), broker, 0, false, Optional.empty());
  }

  /** Runs until somebody stops it. */
  public static LocalSettings open(BrokerChoice broker, int port) {
    return new LocalSettings(CleaveHome.ofLauncher(), broker, port, true, Optional.empty());
  }

  /** The same for as long as the experiment says. */
  public LocalSettings closed() {
    return new LocalSettings(home, broker, port, false, liveReload);
  }

  /** The same with the controller from its sources. */
  public LocalSettings reloading(String maven) {
    return new LocalSettings(home, broker, port, openEnd, Optional.of(maven));
  }

  /**
   * Looks whether all that is to be started is there, before anything is.
   *
   * @throws UserError naming what is missing
   */
  void checkThere() {
    broker.check();
    home.agent();
    if (liveReload.isEmpty()) {
      home.controller();
    }
  }
}
