package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.SizesFile;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.Stamp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Broker.class)
class ExitsControllerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private SitePort site;

  @BeforeEach
  void comeIn() {
    site = SitePort.ofController();
  }

  @AfterEach
  void leave() {
    site.close();
  }

  /**
   * Of a network with answers beside it, plans say where frames leave; of another model's, why not.
   */
  @Test
  void answersOfExitsComeInAndPlansHaveExits() throws IOException {
    byte[] model = Zoo.SMALL_EXITS.model(7).toByteArray();
    String sha256 = Hashes.sha256(model);
    answers(Answered.of(Agents.SHA), sha256)
        .then()
        .statusCode(400)
        .body("error", containsString("not on this one"))
        .body("error", startsWith("The content, line 1"));
    answers(new byte[] {1, 2, 3}, sha256).then().statusCode(400);
    answers(Answered.of(sha256), "x").then().statusCode(400);
    answers(Answered.of(sha256), sha256).then().statusCode(201).body("sha256", equalTo(sha256));
    beside("codecs", new byte[] {1, 2, 3}, sha256)
        .then()
        .statusCode(400)
        .body("error", startsWith("The content must begin with cleave-codecs-2"));
    byte[] sizes = SizesFile.content(sha256, Map.of());
    beside("codecs", sizes, sha256).then().statusCode(201).body("sha256", equalTo(sha256));
    given()
        .contentType("application/octet-stream")
        .body(model)
        .post("/api/models")
        .then()
        .statusCode(201);
    site.say(Agents.server("edge-12", 1));
    site.say(Agents.device("cam-12", 1, "mine.onnx", sha256));
    await().atMost(PATIENCE).until(() -> get("/api/agents/cam-12").statusCode() == 200);
    await().atMost(PATIENCE).until(() -> get("/api/agents/cam-12").path("trouble") == null);
    FrameReport.Answers told = new FrameReport.Answers(List.of(30L, 10L), 40, 36);
    long[] sequence = {0};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              site.say(Agents.report("edge-12", 1, sequence[0]));
              site.say(Agents.answered("cam-12", new Stamp(1, sequence[0]++), "edge-12", told));
              return get("/api/agents/cam-12").path("decision.entries[0].exits[-1].output") != null;
            });
    get("/api/agents/cam-12")
        .then()
        .body("decision.entries[0].exits[-1].output", equalTo(2))
        .body("layers.output", hasItems(1, 2))
        .body("answers.byExit", equalTo(List.of(30, 10)))
        .body("answers.labelled", equalTo(40))
        .body("answers.right", equalTo(36));
  }

  private static Response answers(byte[] content, String sha256) {
    return beside("answers", content, sha256);
  }

  private static Response beside(String what, byte[] content, String sha256) {
    return given()
        .contentType("application/octet-stream")
        .body(content)
        .post("/api/models/%s/%s".formatted(sha256, what));
  }
}
