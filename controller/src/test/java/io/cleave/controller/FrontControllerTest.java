package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.cleave.policies.plan.Bounds;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Capabilities.Wish;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device could have, over HTTP. */
@QuarkusTest
@QuarkusTestResource(Broker.class)
class FrontControllerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> COSTS =
      List.of("seconds", "joules", "lossPoints", "serverSeconds");

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
  void marksThePlanInForceAmongThoseThatNobodyBeats() {
    decide(Agents.device("front-1", 1), "front-edge-1");
    JsonPath front = get("/api/agents/front-1/front").jsonPath();
    List<Map<String, Object>> plans = front.getList("plans");

    assertThat(plans).hasSizeGreaterThan(2);
    assertThat(front.getInt("priced")).isGreaterThan(plans.size());
    assertThat(front.getList("servers")).isEqualTo(List.of("front-edge-1"));
    assertThat(front.getMap("bounds")).isEmpty();
    assertThat(plans.stream().map(plan -> plan.get("label"))).contains("all on the device");
    List<Map<String, Object>> unbeaten =
        plans.stream().filter(plan -> !is(plan, "beaten")).toList();
    for (Map<String, Object> one : unbeaten) {
      assertThat(unbeaten).noneMatch(other -> beats(other, one));
    }
    List<Map<String, Object>> mine = plans.stream().filter(plan -> is(plan, "inForce")).toList();
    assertThat(mine).hasSize(1);
    assertThat(is(mine.get(0), "beaten"))
        .isEqualTo(plans.stream().anyMatch(other -> beats(other, mine.get(0))));
    // The same plan, priced by the same model at what was seen for the same decision.
    JsonPath agent = get("/api/agents/front-1").jsonPath();
    double seconds = agent.getDouble("alternatives.find { it.inForce }.seconds");
    assertThat(cost(mine.get(0), "seconds")).isCloseTo(seconds, Offset.offset(1e-6));
    assertThat(mine.get(0).get("label")).isEqualTo(agent.getString("plan"));
  }

  @Test
  void saysWhoBreaksABound() {
    Bounds bounds = new Bounds(1e-4, Double.POSITIVE_INFINITY, 3);
    decide(bounded(Agents.device("front-2", 1), bounds), "front-edge-2");
    JsonPath front = get("/api/agents/front-2/front").jsonPath();

    assertThat(front.getDouble("bounds.seconds")).isEqualTo(1e-4, Offset.offset(1e-9));
    assertThat(front.getDouble("bounds.watts")).isEqualTo(3);
    assertThat(front.getString("bounds.lossPoints")).isNull();
    assertThat(front.getList("plans.broken", String.class))
        .allMatch(broken -> broken.contains("s instead of 0.0001"));
  }

  @Test
  void saysWhyThereIsNone() {
    get("/api/agents/front-nobody/front")
        .then()
        .statusCode(404)
        .body("error", equalTo("There is no agent front-nobody."));
    site.say(Agents.server("front-edge-3", 1));
    site.say(Agents.device("front-3", 1));
    for (String agent : List.of("front-edge-3", "front-3")) {
      await().atMost(PATIENCE).until(() -> get("/api/agents/" + agent).statusCode() == 200);
    }
    get("/api/agents/front-edge-3/front")
        .then()
        .statusCode(409)
        .body("error", containsString("only devices have plans"));
    get("/api/agents/front-3/front")
        .then()
        .statusCode(409)
        .body("error", containsString("Nothing was decided for front-3 yet"));
  }

  private void decide(Status device, String server) {
    site.say(Agents.server(server, 1));
    site.say(device);
    String name = device.agent();
    await().atMost(PATIENCE).until(() -> get("/api/agents/" + name).statusCode() == 200);
    await().atMost(PATIENCE).until(() -> get("/api/agents/" + name).path("trouble") == null);
    for (int i = 0; i < 50; i++) {
      site.say(Agents.report(server, 1, i));
      site.say(Agents.report(name, new Stamp(1, i), server, 20, 0));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> get("/api/agents/%s/front".formatted(name)).statusCode() == 200);
  }

  private static Status bounded(Status status, Bounds bounds) {
    Capabilities can = status.capabilities().orElseThrow();
    Wish wish = can.device().orElseThrow();
    Wish within = new Wish(wish.model(), wish.demand().within(bounds));
    return new Status(
        status.agent(),
        status.epoch(),
        Optional.of(
            new Capabilities(can.deviceClass(), can.paced(), Optional.of(within), can.server())));
  }

  private static boolean beats(Map<String, Object> better, Map<String, Object> worse) {
    return COSTS.stream().allMatch(cost -> cost(better, cost) <= cost(worse, cost))
        && COSTS.stream().anyMatch(cost -> cost(better, cost) < cost(worse, cost));
  }

  private static double cost(Map<String, Object> plan, String cost) {
    return ((Number) Objects.requireNonNull(plan.get(cost))).doubleValue();
  }

  private static boolean is(Map<String, Object> plan, String mark) {
    return Boolean.TRUE.equals(plan.get(mark));
  }
}
