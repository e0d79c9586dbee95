package io.cleave.agents.dnn;

import io.cleave.policies.onnx.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Where models are asked for that are not in the store.
 *
 * @param models to which a hash is appended, such as {@code http://controller:8080/api/models/}
 * @param maxBytes above which an answer is refused, however long it says it is
 */
public record Upstream(URI models, long maxBytes) {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int OK = 200;

  public Upstream {
    if (!models.toString().matches("https?://.+/")) {
      throw new IllegalArgumentException(
          "Models are fetched from below a http address that ends in /, not from %s."
              .formatted(models));
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "The largest model must be at least 1 byte, not %d.".formatted(maxBytes));
    }
  }

  /**
   * Writes the model of this hash; who reads it checks the hash.
   *
   * @throws ModelMissingException if the other end has none, or none that is small enough
   * @throws IOException if the other end cannot be reached
   */
  void fetch(String sha256, OutputStream out) throws IOException {
    URI address = models.resolve(sha256);
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw new ModelMissingException(
              "%s answers %d.".formatted(address, response.statusCode()));
        }
        copy(body, out, address);
      }
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new IOException("Fetching %s was interrupted.".formatted(address), error);
    }
  }

  private void copy(InputStream body, OutputStream out, URI address) throws IOException {
    byte[] piece = new byte[1 << 16];
    long sum = 0;
    for (int length = body.read(piece); length >= 0; length = body.read(piece)) {
      sum += length;
      if (sum > maxBytes) {
        throw new ModelFormatException(
            "%s sends more than the %d bytes that a model may have.".formatted(address, maxBytes));
      }
      out.write(piece, 0, length);
    }
  }
}
