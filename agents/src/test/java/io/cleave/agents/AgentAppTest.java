package io.cleave.agents;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttIdentity;
import io.cleave.transport.mqtt.MqttSettings;
import io.cleave.transport.mqtt.Patience;
import io.cleave.transport.mqtt.Publication;
import io.cleave.transport.mqtt.Qos;
import io.cleave.transport.mqtt.Topics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is started, with a real broker; the last test ends its session for good. */
@QuarkusTest
@WithTestResource(BrokerAround.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentAppTest {
  private static final String RAW = "application/octet-stream";
  private static final Topics TOPICS = new Topics("site-1");
  private static final DnnGraph GRAPH = Zoo.SMALL_CHAIN.graph();
  private static final Duration LONG = Duration.ofSeconds(60);

  @SuppressWarnings("NullAway.Init") // injected
  BrokerAround around;

  @TempDir private Path folder;
  private final List<Report> reports = new CopyOnWriteArrayList<>();
  private final List<Status> statuses = new CopyOnWriteArrayList<>();
  private MqttConnection ear;

  @BeforeEach
  void listen() throws Exception {
    ear = connection("ear");
    ear.listen(
            TOPICS.reports(),
            Qos.AT_MOST_ONCE,
            message -> reports.add(WireJson.readReport(message.payload())))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    ear.listen(
            TOPICS.status("cam-1"),
            Qos.AT_LEAST_ONCE,
            message -> statuses.add(WireJson.readStatus(message.payload())))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    ear.close();
  }

  private MqttConnection connection(String clientId) {
    MqttConnection connection =
        new MqttConnection(
            MqttSettings.plain(around.broker().address(), around.broker().port()),
            MqttIdentity.silent(clientId),
            Patience.usual(),
            new Random(1));
    connection.open();
    return connection;
  }

  private void publish(String topic, byte[] payload) {
    ear.publish(Publication.kept(topic, payload)).toCompletableFuture().join();
  }

  private static ValidatableResponse infer(byte[] body) {
    return given().contentType(RAW).body(body).post("/infer").then();
  }

  private static Decision split(long version) {
    Plan plan = Plan.split(GRAPH, LayerSet.range(0, 3), 1);
    return Rig.decision(version, PlanTable.constant(new PlanTable.Entry(plan, 0.01, 8192)));
  }

  private void publishPlan(long version) {
    publish(TOPICS.plan("cam-1"), WireJson.write(split(version), Instant.now()));
  }

  private static void awaitAnsweredBy(String whom) {
    await()
        .atMost(LONG)
        .until(
            () ->
                infer(InferCalls.frame(GRAPH)).extract().header("Cleave-Answered-By").equals(whom));
  }

  @Test
  @Order(1)
  void saysThatItIsHealthyWhenTheBrokerIsThere() {
    await().atMost(LONG).until(() -> get("/q/health").statusCode() == 200);
    get("/q/health").then().body("status", equalTo("UP"));
  }

  @Test
  @Order(2)
  void saysAtBirthWhatItIs() {
    await().atMost(LONG).until(() -> !statuses.isEmpty());
    Status birth = statuses.get(0);
    assertThat(birth.epoch()).isPositive();
    assertThat(birth.capabilities().orElseThrow().deviceClass()).isEqualTo("raspberry-pi-4b");
    assertThat(birth.capabilities().orElseThrow().device().orElseThrow().model().source())
        .isEqualTo("zoo:small-chain");
  }

  @Test
  @Order(3)
  void answersARawTensor() {
    infer(InferCalls.frame(GRAPH))
        .statusCode(200)
        .header("Cleave-Plan", "device:0-10")
        .header("Cleave-Plan-Version", "0")
        .header("Cleave-Answered-By", "device")
        .body("outputs", hasSize(1))
        .body("outputs[0].shape", equalTo(List.of(1, 10)))
        .spec(InferCalls.answeredWhole());
    byte[] raw =
        given()
            .contentType(RAW)
            .accept(RAW)
            .body(InferCalls.frame(GRAPH))
            .post("/infer")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    assertThat(raw).hasSize(10 * Float.BYTES);
  }

  @Test
  @Order(4)
  void answersAnImage() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", png);
    given()
        .contentType("image/png")
        .body(png.toByteArray())
        .post("/infer")
        .then()
        .statusCode(200)
        .body("outputs", hasSize(1));
  }

  @Test
  @Order(5)
  void refusesInOneLineWhatIsNoFrame() throws IOException {
    String wrongSize = infer(new byte[7]).statusCode(400).extract().asString();
    assertThat(wrongSize).contains("3072 bytes").endsWith("not 7.\n").hasLineCount(1);
    infer(new byte[0]).statusCode(400);
    given()
        .contentType("image/png")
        .body(new byte[50])
        .post("/infer")
        .then()
        .statusCode(400)
        .body(containsString("no JPEG"));
    given().contentType("text/html").body("<b>").post("/infer").then().statusCode(415);
    given()
        .contentType(RAW)
        .header("Cleave-Deadline-Ms", "soon")
        .body(InferCalls.frame(GRAPH))
        .post("/infer")
        .then()
        .statusCode(400)
        .body(startsWith("Cleave-Deadline-Ms must be"));
    assertThat(InferCalls.answerToHead(2_000_000)).startsWith("HTTP/1.1 413 ");
    infer(InferCalls.frame(GRAPH)).statusCode(200);
  }

  @Test
  @Order(6)
  void reportsInOrderWhatBecameOfFrames() {
    await().atMost(LONG).until(() -> reports.size() >= 3);
    Report first = reports.get(0);
    infer(InferCalls.frame(GRAPH)).statusCode(200);
    await()
        .atMost(LONG)
        .until(() -> last().frames().counts().completed() > first.frames().counts().completed());
    assertThat(reports).isSortedAccordingTo((a, b) -> a.stamp().compareTo(b.stamp()));
    assertThat(last().frames().counts().completed())
        .isEqualTo(last().frames().counts().submitted());
    assertThat(InferCalls.metrics()).containsPattern("cleave_frames_total.*completed.* [1-9]");
  }

  private Report last() {
    return reports.get(reports.size() - 1);
  }

  /** Bad messages before and between good ones change nothing. */
  @Test
  @Order(7)
  void offloadsUnderAPlanThatComesBetweenGarbage() {
    Map<String, String> none = Map.of();
    try (Rig rig = new Rig(folder)) {
      Agent edge = rig.keep(rig.start("edge-1", "server", none, 1));
      edge.hear(statusOfApp());
      publish(TOPICS.plan("cam-1"), "{\"v\":99}".getBytes(StandardCharsets.UTF_8));
      publish(TOPICS.status("edge-2"), new byte[] {1, 2, 3});
      publish(TOPICS.status("edge-1"), WireJson.write(Rig.status(edge, 1)));
      publishPlan(1);
      publish(TOPICS.plan("cam-1"), new byte[100_000]);
      awaitAnsweredBy("server");
      await().atMost(LONG).until(() -> last().planVersion() == 1);
      assertThat(last().links()).extracting(link -> link.server()).containsExactly("edge-1");

      publishPlan(3);
      await().atMost(LONG).until(() -> last().planVersion() == 3);
      publishPlan(2); // came too late
      awaitAnsweredBy("server");
      assertThat(last().planVersion()).isEqualTo(3);

      publish(TOPICS.status("edge-1"), WireJson.write(Status.offline("edge-1", 1)));
      awaitAnsweredBy("device");
    }
    infer(InferCalls.frame(GRAPH)).statusCode(200);
  }

  private Status statusOfApp() {
    await().atMost(LONG).until(() -> !statuses.isEmpty());
    return statuses.get(0);
  }

  /** Case 9: those who come later must not read a will that came late. */
  @Test
  @Order(8)
  void isBornAgainWhenALateWillHidesIt() {
    Status birth = statusOfApp();
    publish(TOPICS.status("cam-1"), WireJson.write(Status.offline("cam-1", birth.epoch() - 1)));
    await()
        .atMost(LONG)
        .until(() -> statuses.get(statuses.size() - 1).online() && statuses.size() >= 3);
    assertThat(statuses.get(statuses.size() - 1)).isEqualTo(birth);
  }

  @Test
  @Order(9)
  void goesOnWhileTheBrokerIsGoneAndIsBornAnewWhenItIsBack() {
    Status before = statusOfApp();
    around.restart();
    infer(InferCalls.frame(GRAPH)).statusCode(200);
    await().atMost(LONG).until(() -> statuses.get(statuses.size() - 1).epoch() > before.epoch());
    int told = reports.size();
    await().atMost(LONG).until(() -> reports.size() > told);
    assertThat(last().stamp().epoch()).isGreaterThan(before.epoch());
    await().atMost(LONG).until(() -> get("/q/health").statusCode() == 200);
  }

  /** Case 11: two agents of one name. */
  @Test
  @Order(10)
  void staysOutWithAnAlarmWhenAnotherTakesItsName() {
    try (MqttConnection rival = connection("cam-1")) {
      await().atMost(LONG).until(() -> get("/q/health").asString().contains("TAKEN_OVER"));
      get("/q/health").then().statusCode(503);
      infer(InferCalls.frame(GRAPH)).statusCode(200).header("Cleave-Answered-By", "device");
      assertThat(rival.state()).isNotNull();
    }
    get("/q/health").then().statusCode(503);
  }
}
