package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cleave.policies.onnx.ModelFormatException;
import io.cleave.policies.wire.ModelReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpstreamTest {
  private static final String PATH = "/api/models/";

  @TempDir Path folder;
  @TempDir Path theirs;
  private HttpServer server;
  private byte[] content;
  private ModelReference reference;

  @BeforeEach
  void serve() throws IOException {
    Path file = HandMade.skip(theirs);
    content = Files.readAllBytes(file);
    reference =
        new ModelReference(
            "skip.onnx",
            new ModelStore(theirs).open(file.toString(), Map.of()).reference().sha256(),
            Map.of());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, byte[] body) {
    server.createContext(
        PATH + reference.sha256(),
        exchange -> {
          exchange.sendResponseHeaders(status, 0); // of unknown length: none is promised
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private ModelStore store(long maxBytes) {
    URI models = URI.create("http://localhost:%d%s".formatted(server.getAddress().getPort(), PATH));
    return new ModelStore(folder, Optional.of(new Upstream(models, maxBytes)));
  }

  @Test
  void fetchesWhatIsMissing() {
    answer(200, content);
    Model model = store(content.length).open(reference);
    assertThat(model.graph().name()).isEqualTo("skip");
    assertThat(model.file()).hasBinaryContent(content);
    server.stop(0); // from now on it is there
    assertThat(store(content.length).open(reference).graph().size()).isEqualTo(5);
  }

  @Test
  void refusesMoreThanTheLimit() throws IOException {
    answer(200, content);
    assertThatThrownBy(() -> store(content.length - 1).open(reference))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("more than the %d bytes".formatted(content.length - 1));
    assertThat(ModelStoreTest.files(folder)).isEmpty();
  }

  @Test
  void refusesAnotherContentThanTheHashSays() throws IOException {
    byte[] other = content.clone();
    other[other.length - 1] ^= 1;
    answer(200, other);
    assertThatThrownBy(() -> store(1 << 20).open(reference))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("but %s was wanted".formatted(reference.sha256()));
    assertThat(ModelStoreTest.files(folder)).isEmpty();
  }

  @Test
  void saysWhatTheOtherEndAnswered() {
    answer(404, new byte[0]);
    assertThatThrownBy(() -> store(1 << 20).open(reference))
        .isInstanceOf(ModelMissingException.class)
        .hasMessageContaining("answers 404")
        .hasMessageContaining(reference.sha256());
  }

  @Test
  void saysThatTheOtherEndIsNotThere() {
    server.stop(0);
    assertThatThrownBy(() -> store(1 << 20).open(reference))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void refusesAnAddressThatItCannotUse() {
    assertThatThrownBy(() -> new Upstream(URI.create("http://controller:8080/api/models"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends in /");
    assertThatThrownBy(() -> new Upstream(URI.create("file:///etc/"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
