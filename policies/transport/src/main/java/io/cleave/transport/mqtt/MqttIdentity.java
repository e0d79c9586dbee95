package io.cleave.transport.mqtt;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who we are to the broker.
 *
 * @param clientId one per process and site; a second process with the same one ends the first's
 *     connection for good
 * @param sessions asked before each attempt to connect: a session of a new epoch makes a will that
 *     comes late, after the next birth, known for what it is
 */
public record MqttIdentity(String clientId, Supplier<Session> sessions) {

  /** Somebody who leaves no trace: neither birth nor will. */
  public static MqttIdentity silent(String clientId) {
    Session session = new Session(Optional.empty(), Optional.empty(), Optional.empty());
    return new MqttIdentity(clientId, () -> session);
  }

  /**
   * What one connection says of itself.
   *
   * @param birth published before anything else
   * @param will published by the broker when the connection ends without a farewell
   * @param farewell published at an orderly end; the will is then not
   */
  public record Session(
      Optional<Publication> birth, Optional<Publication> will, Optional<Publication> farewell) {}
}
