package io.cleave.testbed.live;

import io.cleave.testbed.UserError;

/**
 * What a local world is made of, whatever it runs.
 *
 * @param home where the programs are
 * @param broker that all talk through
 * @param port of the controller's dashboard; 0 for any free one
 * @param openEnd true if frames come until somebody stops the world; false for as long as the
 *     experiment says
 */
public record LocalSettings(CleaveHome home, BrokerChoice broker, int port, boolean openEnd) {
  public LocalSettings {
    if (port < 0 || port > 65_535) {
      throw new UserError("A port is a number in 0..65535, not %d.".formatted(port));
    }
  }

  /** Runs for as long as the experiment says, with any free port. */
  public static LocalSettings standard() {
    return new LocalSettings(CleaveHome.ofLauncher(), new BrokerChoice.Embedded(), 0, false);
  }
}
