package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.agroal.api.AgroalDataSource;
import io.cleave.controller.control.JournalReplay;
import io.cleave.controller.journal.Journal;
import io.cleave.controller.journal.JournalReader;
import io.cleave.controller.model.Networks;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Stamp;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.Publication;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Broker.class)
class ControllerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject AgroalDataSource database;
  @Inject Journal journal;
  @Inject Networks networks;

  private SitePort site;

  @BeforeEach
  void comeIn() {
    site = SitePort.ofController();
  }

  @AfterEach
  void leave() {
    site.close();
  }

  @Test
  void reportsAreAnsweredWithPlans() throws InterruptedException {
    Decision decision = decide("cam-1", "edge-1");

    assertThat(decision.servers()).containsExactly("edge-1");
    assertThat(decision.grounds().reason()).isNotEqualTo(Reason.NO_SERVER);
    get("/api/agents/cam-1")
        .then()
        .statusCode(200)
        .body("online", equalTo(true))
        .body("decision.server", equalTo("edge-1"))
        .body("alternatives.label", hasItem("local"))
        .body("alternatives.label", hasItem("all on edge-1"))
        .body("alternatives.label", hasItem("best split with edge-1"))
        .body("layers.size()", greaterThan(5));
    get("/api/agents/cam-1/series").then().statusCode(200).body("size()", greaterThan(0));
    get("/api/agents/cam-1/series.csv")
        .then()
        .statusCode(200)
        .body(containsString("unix_seconds,uplink_mbps,latency_ms,predicted_ms,plan_version"));
    get("/api/decisions?agent=cam-1&limit=5")
        .then()
        .statusCode(200)
        .body("agent", hasItem("cam-1"));
    get("/api/site").then().statusCode(200).body("brokerConnected", equalTo(true));
    get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
    get("/q/metrics").then().statusCode(200).body(containsString("cleave_report_to_plan"));
    get("/q/openapi").then().statusCode(200).body(containsString("/api/agents/{name}"));
  }

  @Test
  void versionsGoOnAboveAPlanThatAnEarlierControllerLeft() throws InterruptedException {
    Decision decision = decide(Broker.OLD_DEVICE, "edge-2");

    assertThat(decision.version()).isGreaterThan(Broker.OLD_VERSION);
  }

  @Test
  void aFloodOfHostileMessagesIsCountedAndStopsNothing() throws InterruptedException {
    site.say(Agents.device("cam-3", 1));
    JsonPath before = get("/api/site").jsonPath();
    String report = text(WireJson.write(Agents.report("cam-3", new Stamp(1, 0), "edge-3", 1, 0)));
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      byte[] noise = new byte[1 + random.nextInt(500)];
      random.nextBytes(noise);
      hostile("report", noise);
      hostile("status", noise);
      hostile("report", bytes(report.replace("\"v\":1", "\"v\":2")));
      hostile("report", bytes(report.replace("cam-3", "cam-4")));
      hostile("report", bytes("[".repeat(10_000)));
      hostile("report", bytes("\"" + "x".repeat(100_000) + "\""));
      hostile("report", bytes(report.replace("\"sequence\":0", "\"sequence\":-1")));
    }
    decide("cam-3", "edge-3");
    JsonPath after = get("/api/site").jsonPath();

    assertThat(more(before, after, "malformed")).isEqualTo(300);
    assertThat(more(before, after, "unknown-version")).isEqualTo(100);
    assertThat(more(before, after, "wrong-topic")).isEqualTo(100);
    assertThat(more(before, after, "too-large")).isEqualTo(200);
    get("/q/metrics").then().body(containsString("cleave_refused_total{kind=\"malformed\"}"));
  }

  @Test
  void thePlannerIsSwitchedOverHttp() throws InterruptedException {
    get("/api/planners").then().statusCode(200).body("alias", hasItem("dads"));
    put("{\"planner\":\"local\"}").then().statusCode(200).body("planner", equalTo("local"));
    get("/api/site").then().body("planner", equalTo("local"));
    put("{\"planner\":\"cleave{hedge=0}\"}").then().statusCode(200);
    put("{\"planner\":\"dats\"}").then().statusCode(400).body("error", containsString("dads"));
    put("{\"planner\":\"cleave{hodge=0}\"}").then().statusCode(400);
    put("{\"planner\":\"oracle\"}").then().statusCode(400);
    put("{\"planner\":3}").then().statusCode(400);
    put("planner").then().statusCode(400);
    put("{\"planner\":\"" + "x".repeat(10_000) + "\"}").then().statusCode(413);
    put("{\"planner\":\"cleave\"}").then().statusCode(200);
    get("/api/planner").then().body("planner", equalTo("cleave"));
  }

  @Test
  void whatIsNotThereIsSaidInOneLine() {
    get("/api/agents/nobody").then().statusCode(404).body("error", containsString("nobody"));
    get("/api/agents/nobody/series").then().statusCode(404);
    get("/api/models/" + Agents.SHA).then().statusCode(404);
    get("/api/models/..%2f..%2fsecret").then().statusCode(404);
    get("/api/decisions?limit=0").then().statusCode(400).body("error", containsString("1..2000"));
    get("/api/nothing").then().statusCode(404);
  }

  @Test
  void aModelComesInAndItsDeviceIsAdmitted() {
    byte[] model = Zoo.SMALL_CHAIN.model(7).toByteArray();
    upload(new byte[] {1, 2, 3}, "").then().statusCode(400);
    upload(model, "?sha256=" + Agents.SHA).then().statusCode(400);
    String sha256 = Hashes.sha256(model);
    site.say(Agents.device("cam-5", 1, "mine.onnx", sha256));
    await().atMost(PATIENCE).until(() -> trouble("cam-5").contains("POST /api/models"));

    upload(model, "?sha256=" + sha256).then().statusCode(201).body("sha256", equalTo(sha256));
    await().atMost(PATIENCE).until(() -> trouble("cam-5").isEmpty());
    assertThat(get("/api/models/" + sha256).asByteArray()).isEqualTo(model);
  }

  @Test
  void theStreamTellsOfTheSiteAndItsAgents() throws IOException, InterruptedException {
    decide("cam-6", "edge-6");
    URI uri = URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/stream");
    try (Stream<String> lines =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
            .body()) {
      Iterator<String> stream = lines.iterator();
      assertThat(next(stream, "event:site", "site-1")).contains("\"planner\"");
      assertThat(next(stream, "event:agent", "cam-6")).contains("\"links\"");
    }
  }

  @Test
  void theJournalReplaysToTheSameDecisions() throws InterruptedException, SQLException {
    decide("cam-7", "edge-7");
    await()
        .atMost(PATIENCE)
        .until(() -> journal.state().waiting() == 0 && journal.state().written() > 200);
    JournalReplay.Result result;
    try (Connection connection = database.getConnection()) {
      result = JournalReplay.of(new JournalReader(connection), networks, PlannerCatalog.standard());
    }

    assertThat(result.examples()).isEmpty();
    assertThat(result.same()).isTrue();
    assertThat(result.sessions().get(0).counts().decisions()).isGreaterThan(50);
    assertThat(journal.state().dropped()).isZero();
  }

  /** Both join and report until a plan uses the server: joining takes a moment. */
  private Decision decide(String device, String server) throws InterruptedException {
    site.say(Agents.server(server, 1));
    site.say(Agents.device(device, 1));
    await().atMost(PATIENCE).until(() -> get("/api/agents/" + device).statusCode() == 200);
    await().atMost(PATIENCE).until(() -> trouble(device).isEmpty());
    for (int i = 0; i < 100; i++) {
      site.say(Agents.report(server, 1, i));
      site.say(Agents.report(device, new Stamp(1, i), server, 20, 0));
    }
    return site.plan(device, decision -> decision.servers().contains(server));
  }

  private String trouble(String agent) {
    String trouble = get("/api/agents/" + agent).jsonPath().getString("trouble");
    return trouble == null ? "" : trouble;
  }

  private void hostile(String kind, byte[] payload) {
    String topic = "cleave/v1/site-1/cam-3/" + kind;
    site.publish(Publication.sure(topic, payload));
  }

  private static long more(JsonPath before, JsonPath after, String kind) {
    return count(after, kind) - count(before, kind);
  }

  private static long count(JsonPath site, String kind) {
    Map<String, Integer> rejected = site.getMap("rejected");
    return rejected.getOrDefault(kind, 0);
  }

  private static io.restassured.response.Response put(String body) {
    return given().contentType("application/json").body(body).put("/api/planner");
  }

  private static io.restassured.response.Response upload(byte[] model, String query) {
    return given().contentType("application/octet-stream").body(model).post("/api/models" + query);
  }

  private static String next(Iterator<String> stream, String event, String about) {
    while (stream.hasNext()) {
      if (stream.next().equals(event)) {
        String data = stream.next();
        if (data.contains(about)) {
          return data;
        }
      }
    }
    throw new AssertionError("The stream has ended without %s of %s.".formatted(event, about));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
