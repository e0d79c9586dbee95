package io.cleave.agents;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AgentBootTest {
  @Test
  void bootsAndSaysThatItIsHealthy() {
    get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
  }
}
