package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.agents.data.Outcome.Failure;
import io.cleave.agents.data.Site.Heard;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final ExecutorService LOOP = Executors.newSingleThreadExecutor();

  @TempDir private static Path folder;

  private static ClientTls.Identity server;
  private static ClientTls.Identity device;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = selfSigned("server");
    device = selfSigned("device");
  }

  @AfterAll
  static void stop() {
    LOOP.shutdownNow();
  }

  /** Certificate and key as PEM, made by the tool that comes with Java. */
  private static ClientTls.Identity selfSigned(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-ext",
            "SAN=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD));
    Process keytool = new ProcessBuilder(command).inheritIO().start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    return new ClientTls.Identity(
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded()),
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
  }

  private static Path pem(String file, String what, byte[] content) throws Exception {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, lines.encodeToString(content), what));
  }

  private static DataServer start(Optional<Path> clients) {
    return DataServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Optional.of(new ServerTls(server.certificates(), server.key(), clients)),
        DataLimits.standard(),
        new Workbench(task -> new CompletableFuture<>(), slices -> new CompletableFuture<>()));
  }

  private static Outcome<ProbeResult> probe(DataServer to, Optional<ClientTls> tls)
      throws Exception {
    try (DataClient client = new DataClient("127.0.0.1", to.address().getPort(), tls, LOOP)) {
      Heard<ProbeResult> heard = new Heard<>();
      client.probe(100_000, 0, Duration.ofSeconds(20), heard.listener());
      return heard.outcome();
    }
  }

  private static void assertUnreachable(Outcome<ProbeResult> outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.failure()).isEqualTo(Failure.UNREACHABLE));
  }

  @Test
  void carriesCallsToAServerThatIsKnown() throws Exception {
    try (DataServer encrypted = start(Optional.empty())) {
      ClientTls known = new ClientTls(server.certificates(), Optional.empty());
      assertThat(probe(encrypted, Optional.of(known))).isInstanceOf(Outcome.Answered.class);
    }
  }

  @Test
  void sendsNothingToAServerThatIsNotKnownNorInPlainText() throws Exception {
    try (DataServer encrypted = start(Optional.empty())) {
      ClientTls other = new ClientTls(device.certificates(), Optional.empty());
      assertUnreachable(probe(encrypted, Optional.of(other)));
      assertUnreachable(probe(encrypted, Optional.empty()));
    }
  }

  @Test
  void letsInDevicesThatItKnowsAndNobodyElse() throws Exception {
    try (DataServer encrypted = start(Optional.of(device.certificates()))) {
      ClientTls anybody = new ClientTls(server.certificates(), Optional.empty());
      assertUnreachable(probe(encrypted, Optional.of(anybody)));
      ClientTls known = new ClientTls(server.certificates(), Optional.of(device));
      assertThat(probe(encrypted, Optional.of(known))).isInstanceOf(Outcome.Answered.class);
    }
  }

  @Test
  void saysWhichFileCannotBeRead() {
    Path missing = folder.resolve("missing.crt");
    ClientTls tls = new ClientTls(missing, Optional.empty());
    assertThatThrownBy(() -> new DataClient("127.0.0.1", 1, Optional.of(tls), LOOP))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing.crt");
  }
}
