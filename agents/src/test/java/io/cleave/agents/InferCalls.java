package io.cleave.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.transport.frames.SeededFrames;
import io.restassured.RestAssured;
import io.restassured.builder.ResponseSpecBuilder;
import io.restassured.specification.ResponseSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** What a program posts to an agent. */
final class InferCalls {
  private InferCalls() {}

  /** One seeded frame as raw little-endian bytes. */
  static byte[] frame(DnnGraph graph) {
    var input = new SeededFrames(graph, 1).apply(0).get(0);
    byte[] bytes = new byte[input.byteCount()];
    input.data().get(bytes);
    return bytes;
  }

  /** What the JSON says of a frame that the device answered with all outputs. */
  static ResponseSpecification answeredWhole() {
    return new ResponseSpecBuilder()
        .expectBody("class", allOf(greaterThanOrEqualTo(0), lessThan(10)))
        .expectBody("confidence", allOf(greaterThan(0f), lessThanOrEqualTo(1f)))
        .expectBody("$", not(hasKey("exit")))
        .expectBody("parts", hasSize(1))
        .expectBody("parts[0].where", equalTo("device"))
        .expectBody("parts[0].layers", equalTo("0-10"))
        .expectBody("outputs[0].top", hasSize(5))
        .expectBody("parts[0].ms", greaterThan(0f))
        .expectBody("latencyMs", greaterThan(0f))
        .build();
  }

  /** What the agent shows of its counts when all that nobody holds is gone. */
  static String metrics() {
    System.gc();
    return RestAssured.get("/q/metrics").asString();
  }

  /**
   * The first line that the agent answers to the announcement of a body: who sends the body as well
   * may find the connection closed before it has read why.
   */
  static String answerToHead(int bodyBytes) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      String head =
          "POST /infer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
              + "Content-Length: %d\r\n\r\n".formatted(bodyBytes);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }
}
