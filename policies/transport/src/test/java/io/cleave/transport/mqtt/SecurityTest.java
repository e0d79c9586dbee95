package io.cleave.transport.mqtt;

import static io.cleave.transport.mqtt.Site.await;
import static io.cleave.transport.mqtt.Site.bytes;
import static io.cleave.transport.mqtt.Site.reaches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with TLS and passwords, and who gets in. */
class SecurityTest {
  private static final String PASSWORD = "changeit&<";

  @TempDir private static Path folder;
  private static BrokerProcess broker;

  private Site site;

  @BeforeAll
  static void startTheBroker() throws IOException, InterruptedException {
    keytool(
        "-genkeypair -alias broker -keyalg RSA -storetype JKS -keystore broker.jks -validity 2"
            + " -dname CN=broker -ext SAN=ip:127.0.0.1 -keypass %s".formatted(PASSWORD));
    keytool("-exportcert -rfc -alias broker -keystore broker.jks -file broker.pem");
    keytool("-importcert -noprompt -alias broker -file broker.pem -keystore trust.p12");
    keytool("-genkeypair -alias other -keyalg RSA -keystore other.p12 -validity 2 -dname CN=other");
    broker =
        BrokerProcess.start(
            BrokerSettings.local()
                .withAccount("camera", "secret")
                .withCertificate(
                    new BrokerSettings.Certificate(folder.resolve("broker.jks"), PASSWORD)));
  }

  @AfterAll
  static void stopTheBroker() {
    broker.stop();
  }

  @BeforeEach
  void openTheSite() {
    site = new Site(broker);
  }

  @AfterEach
  void closeTheSite() {
    site.close();
  }

  @Test
  void comesInByAStoreOrByPem() {
    for (String store : new String[] {"trust.p12", "broker.pem"}) {
      MqttConnection camera = opened(settings(store).withLogin("camera", "secret"));
      await(reaches(camera, MqttState.CONNECTED));
      await(camera.publish(Publication.sure("t", bytes("x"))));
      assertThat(camera.trouble()).isEmpty();
      camera.close();
    }
  }

  @Test
  void saysThatThePasswordIsWrongAndGoesOnTrying() {
    MqttConnection camera = opened(settings("trust.p12").withLogin("camera", "wrong"));
    awaitTrouble(camera, "refuses the login: BAD_USER_NAME_OR_PASSWORD");
    assertThat(camera.state()).isEqualTo(MqttState.CONNECTING);
    assertThat(camera.trouble().toString()).doesNotContain("wrong\"");
  }

  @Test
  void doesNotTalkToABrokerThatItHasNoReasonToTrust() {
    MqttConnection camera = opened(settings("other.p12").withLogin("camera", "secret"));
    awaitTrouble(camera, "certif");
    assertThat(camera.counts().connects()).isZero();
  }

  @Test
  void saysWhichTrustStoreCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("empty.pem"), "");
    assertThatThrownBy(() -> TrustStores.trusting(tls("empty.pem")))
        .hasMessageContaining("empty.pem")
        .hasMessageContaining("no certificate");
    assertThatThrownBy(() -> TrustStores.trusting(tls("absent.p12")))
        .hasMessageContaining("absent.p12");
    MqttSettings.Tls wrong = new MqttSettings.Tls(tls("trust.p12").trustStore(), "wrong");
    assertThatThrownBy(() -> TrustStores.trusting(wrong))
        .hasMessageContaining("Maybe its password is wrong");
  }

  private MqttConnection opened(MqttSettings settings) {
    MqttConnection connection =
        site.connection(settings, MqttIdentity.silent("camera"), Site.quick());
    connection.open();
    return connection;
  }

  private MqttSettings settings(String store) {
    MqttSettings plain = site.settings();
    return new MqttSettings(
        plain.host(), plain.port(), plain.login(), Optional.of(tls(store)), plain.keepAlive());
  }

  private static MqttSettings.Tls tls(String store) {
    return new MqttSettings.Tls(Optional.of(folder.resolve(store)), PASSWORD);
  }

  /** There is a first attempt, and it fails: the trouble stays until one succeeds. */
  private static void awaitTrouble(MqttConnection connection, String words) {
    long end = System.nanoTime() + Site.LIMIT_SECONDS * 1_000_000_000L;
    while (connection.trouble().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(connection.trouble())
        .hasValueSatisfying(trouble -> assertThat(trouble).contains(words));
  }

  private static void keytool(String arguments) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] words = (tool + " " + arguments + " -storepass " + PASSWORD).split(" ");
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
