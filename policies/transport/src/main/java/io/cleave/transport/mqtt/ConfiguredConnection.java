package io.cleave.transport.mqtt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The process's one connection, made from {@code cleave.mqtt.*} and the {@link MqttIdentity} that
 * the application produces, and closed with the application.
 */
@ApplicationScoped
public class ConfiguredConnection {
  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  /**
   * Settings as configured: {@code host}, {@code port} (1883, with TLS 8883), {@code username} and
   * {@code password}, {@code tls}, {@code trust-store} and {@code trust-store-password}, {@code
   * keep-alive} (10 s).
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public static MqttSettings settings(Config config) {
    boolean encrypted = config.getOptionalValue("cleave.mqtt.tls", Boolean.class).orElse(false);
    Optional<Path> trustStore =
        config.getOptionalValue("cleave.mqtt.trust-store", String.class).map(Path::of);
    if (trustStore.isPresent() && !encrypted) {
      throw new IllegalArgumentException(
          "cleave.mqtt.trust-store is given, but cleave.mqtt.tls is not true: the connection would not be encrypted.");
    }
    MqttSettings plain =
        MqttSettings.plain(
            config.getValue("cleave.mqtt.host", String.class),
            config
                .getOptionalValue("cleave.mqtt.port", Integer.class)
                .orElse(encrypted ? TLS_PORT : PORT));
    return new MqttSettings(
        plain.host(),
        plain.port(),
        login(config),
        encrypted
            ? Optional.of(
                new MqttSettings.Tls(
                    trustStore,
                    config
                        .getOptionalValue("cleave.mqtt.trust-store-password", String.class)
                        .orElse("")))
            : Optional.empty(),
        config
            .getOptionalValue("cleave.mqtt.keep-alive", Duration.class)
            .orElse(plain.keepAlive()));
  }

  private static Optional<MqttSettings.Login> login(Config config) {
    Optional<String> username = config.getOptionalValue("cleave.mqtt.username", String.class);
    Optional<String> password = config.getOptionalValue("cleave.mqtt.password", String.class);
    if (username.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "cleave.mqtt.username and cleave.mqtt.password go together: only one is given.");
    }
    return username.map(name -> new MqttSettings.Login(name, password.orElseThrow()));
  }

  @Produces
  @Singleton
  MqttConnection open(Config config, Instance<MqttIdentity> identity) {
    MqttConnection connection =
        new MqttConnection(settings(config), identity.get(), Patience.usual(), new SecureRandom());
    connection.open();
    return connection;
  }

  void close(@Disposes MqttConnection connection) {
    connection.close();
  }
}
