package io.cleave.transport.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the broker is, and how it lets us in.
 *
 * @param host its name or address
 * @param port its port
 * @param login absent where anybody may come in
 * @param tls absent for plain TCP
 * @param keepAlive silence after which either end looks whether the other is still there, in whole
 *     seconds; the broker publishes the will after one and a half of it
 */
public record MqttSettings(
    String host, int port, Optional<Login> login, Optional<Tls> tls, Duration keepAlive) {

  private static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(10);

  public MqttSettings {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "A broker's port must be in 1..65535, not %d.".formatted(port));
    }
    if (keepAlive.toSeconds() < 1 || keepAlive.toSeconds() > 65_535) {
      throw new IllegalArgumentException(
          "The keep-alive must be in 1..65535 s, not %s.".formatted(keepAlive));
    }
  }

  /** Plain and open to all. */
  public static MqttSettings plain(String host, int port) {
    return new MqttSettings(host, port, Optional.empty(), Optional.empty(), USUAL_KEEP_ALIVE);
  }

  public MqttSettings withLogin(String username, String password) {
    return new MqttSettings(host, port, Optional.of(new Login(username, password)), tls, keepAlive);
  }

  public MqttSettings withKeepAlive(Duration time) {
    return new MqttSettings(host, port, login, tls, time);
  }

  /**
   * Who the broker takes us for.
   *
   * @param username an agent's is its name, so that the broker can hold it to its own topics
   * @param password never printed
   */
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return "Login[username=%s]".formatted(username);
    }
  }

  /**
   * Encryption, and whom we trust.
   *
   * @param trustStore a PKCS #12 or JKS file, or certificates in PEM ({@code .pem}, {@code .crt});
   *     absent means the authorities that this Java trusts
   * @param trustStorePassword empty where there is none; never printed
   */
  public record Tls(Optional<Path> trustStore, String trustStorePassword) {
    @Override
    public String toString() {
      return "Tls[trustStore=%s]".formatted(trustStore);
    }
  }
}
