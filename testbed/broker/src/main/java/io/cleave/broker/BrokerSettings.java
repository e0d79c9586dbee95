package io.cleave.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the broker is to run.
 *
 * @param address that it listens on
 * @param port that it listens on; 0 takes any free one
 * @param heapMegabytes that the process may use, in 2^20 bytes
 * @param accounts name to password; when there is none, anybody may come in
 * @param certificate for TLS, of the embedded broker only; absent for plain TCP
 * @param accessList who may publish and read what, of Mosquitto only; absent means all everything
 */
public record BrokerSettings(
    String address,
    int port,
    int heapMegabytes,
    Map<String, String> accounts,
    Optional<Certificate> certificate,
    Optional<Path> accessList) {

  public BrokerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "A port must be in 0..65535 (0: any free one), not %d.".formatted(port));
    }
    if (heapMegabytes < 64) {
      throw new IllegalArgumentException(
          "The broker needs a heap of at least 64 MB, not %d.".formatted(heapMegabytes));
    }
    accounts = Map.copyOf(accounts);
  }

  /**
   * The broker's certificate with its key.
   *
   * @param keyStore a JKS file
   * @param password of the store and of the key in it
   */
  public record Certificate(Path keyStore, String password) {
    @Override
    public String toString() {
      return "Certificate[keyStore=%s]".formatted(keyStore);
    }
  }

  /** Reached from this machine only, on any free port, open to all. */
  public static BrokerSettings local() {
    return new BrokerSettings("127.0.0.1", 0, 256, Map.of(), Optional.empty(), Optional.empty());
  }

  public BrokerSettings withPort(int port) {
    return new BrokerSettings(address, port, heapMegabytes, accounts, certificate, accessList);
  }

  /** The same with one more account; from the first on, a password is asked for. */
  public BrokerSettings withAccount(String name, String password) {
    Map<String, String> more = new HashMap<>(accounts);
    more.put(name, password);
    return new BrokerSettings(address, port, heapMegabytes, more, certificate, accessList);
  }

  /** The same with TLS, and without plain TCP. */
  public BrokerSettings withCertificate(Certificate own) {
    return new BrokerSettings(address, port, heapMegabytes, accounts, Optional.of(own), accessList);
  }

  /** The same with an access list as Mosquitto reads it. */
  public BrokerSettings withAccessList(Path file) {
    return new BrokerSettings(
        address, port, heapMegabytes, accounts, certificate, Optional.of(file));
  }
}
