package io.cleave.agents.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a device knows a server, and proves who it is.
 *
 * @param servers certificates of those who sign the servers', as PEM
 * @param identity the device's own; empty if servers let anybody in
 */
public record ClientTls(Path servers, Optional<Identity> identity) {
  /**
   * What a device shows.
   *
   * @param certificates its chain, as PEM
   * @param key its private key, as PEM (PKCS#8, not encrypted)
   */
  public record Identity(Path certificates, Path key) {}
}
