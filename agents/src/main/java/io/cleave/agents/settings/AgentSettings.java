package io.cleave.agents.settings;

import io.cleave.policies.profile.DeviceClass;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that an agent is told.
 *
 * @param site that it belongs to
 * @param name unique at the site
 * @param machine what it runs on
 * @param device present if it has frames
 * @param server present if it serves others
 * @param reportInterval at which it reports
 * @param state folder of what outlives a restart: the session's number, models
 * @param controller where models that are missing are fetched; absent: nowhere
 */
public record AgentSettings(
    String site,
    String name,
    MachineSettings machine,
    Optional<DeviceSettings> device,
    Optional<ServerSettings> server,
    Duration reportInterval,
    Path state,
    Optional<URI> controller) {
  /**
   * What an agent runs on.
   *
   * @param deviceClass its speed and power until measured
   * @param paced true if results are held until the class would have them
   * @param mistaken how many times as long they are held in truth: the machine takes itself to be
   *     of its class and is not
   * @param memoryBytes that one plan may take; absent: what is available when the agent starts
   * @param keptBytes of slices that are kept ready, at most
   * @param meters what it draws by itself
   */
  public record MachineSettings(
      DeviceClass deviceClass,
      boolean paced,
      double mistaken,
      OptionalLong memoryBytes,
      long keptBytes,
      MeterSettings meters) {}

  /**
   * Where the machine's meters are read, and where that is written down.
   *
   * @param classes as Linux's {@code /sys/class}
   * @param file with a line for each meter and report; absent: none
   */
  public record MeterSettings(Path classes, Optional<Path> file) {}

  public AgentSettings {
    if (device.isEmpty() && server.isEmpty()) {
      throw new SettingsException(
          "cleave.agent.roles must name device, server, or both, and names neither.");
    }
  }
}
