package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Stamp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Broker.class)
class ControllerTest {
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
    site.say(Agents.server("edge-1", 1));
    site.say(Agents.device("cam-1", 1));
    Decision decision = decide("cam-1", "edge-1");

    assertThat(decision.servers()).containsExactly("edge-1");
    assertThat(decision.grounds().reason()).isNotEqualTo(Reason.NO_SERVER);
    get("/api/agents/cam-1")
        .then()
        .statusCode(200)
        .body("online", equalTo(true))
        .body("decision.server", equalTo("edge-1"))
        .body("alternatives.size()", greaterThan(2))
        .body("layers.size()", greaterThan(5));
    get("/api/site").then().statusCode(200).body("brokerConnected", equalTo(true));
    get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
  }

  /** Reports until a plan uses the server: joining takes a moment. */
  private Decision decide(String device, String server) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      site.say(Agents.report(server, 1, i));
      site.say(Agents.report(device, new Stamp(1, i), server, 20, 0));
    }
    return site.plan(device, decision -> !decision.servers().isEmpty());
  }
}
