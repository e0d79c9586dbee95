package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import javax.net.ssl.TrustManagerFactory;

/** Reads the certificates that a broker's own must lead to. */
final class TrustStores {
  private TrustStores() {}

  /**
   * TLS that trusts the given store; the broker's certificate must also bear the broker's host.
   *
   * @throws IllegalArgumentException if the store cannot be read
   */
  static MqttClientSslConfig trusting(MqttSettings.Tls tls) {
    MqttClientSslConfigBuilder ssl = MqttClientSslConfig.builder();
    return tls.trustStore()
        .map(file -> ssl.trustManagerFactory(trust(file, tls.trustStorePassword())))
        .orElse(ssl)
        .build();
  }

  private static TrustManagerFactory trust(Path file, String password) {
    try {
      KeyStore store = isPem(file) ? certificates(file) : store(file, password);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalArgumentException(
          "The trust store %s cannot be read: %s. Maybe its password is wrong, or it is neither PKCS #12, JKS nor PEM (.pem, .crt)."
              .formatted(file, failure.getMessage()),
          failure);
    }
  }

  private static boolean isPem(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".pem") || name.endsWith(".crt");
  }

  private static KeyStore store(Path file, String password)
      throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), password.toCharArray());
  }

  private static KeyStore certificates(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream bytes = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
        store.setCertificateEntry("authority-" + number++, each);
      }
      if (number == 0) {
        throw new IOException("it holds no certificate");
      }
    }
    return store;
  }
}
