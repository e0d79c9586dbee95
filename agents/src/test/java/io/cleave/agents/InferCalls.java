package io.cleave.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cleave.agents.source.SeededFrames;
import io.cleave.policies.graph.DnnGraph;
import io.restassured.RestAssured;
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
