package io.cleave.controller;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.cleave.controller.control.JournalReplay;
import io.cleave.controller.journal.Journal;
import io.cleave.controller.journal.JournalReader;
import io.cleave.controller.journal.PostgresServer;
import io.cleave.controller.model.Networks;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.wire.Stamp;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@QuarkusTest
@TestProfile(PostgresControllerTest.Profile.class)
@EnabledIf("io.cleave.controller.journal.PostgresServer#isThere")
class PostgresControllerTest {
  @Inject @Any InjectableInstance<AgroalDataSource> databases;
  @Inject Journal journal;
  @Inject Networks networks;

  /** The profile that people switch on, beside a real server. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public String getConfigProfile() {
      return "postgresql";
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Broker.class), new TestResourceEntry(Postgres.class));
    }
  }

  /** A real server. */
  public static final class Postgres implements QuarkusTestResourceLifecycleManager {
    private final PostgresServer server = new PostgresServer();

    @Override
    public Map<String, String> start() {
      return Map.of(
          "quarkus.datasource.postgresql.jdbc.url", server.url(), "quarkus.http.test-port", "0");
    }

    @Override
    public void stop() {
      server.close();
    }
  }

  @Test
  void theJournalIsInPostgresAndReplaysToTheSameDecisions() throws SQLException {
    try (SitePort site = SitePort.ofController()) {
      site.say(Agents.server("edge-1", 1));
      site.say(Agents.device("cam-1", 1));
      for (int i = 0; i < 200; i++) {
        site.say(Agents.report("edge-1", 1, i));
        site.say(Agents.report("cam-1", new Stamp(1, i), "edge-1", 1 + i / 10.0, 0));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> journal.state().waiting() == 0 && journal.state().written() > 200);
    }
    try (Connection connection = databases.listActive().get(0).getConnection()) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
      JournalReplay.Result result =
          JournalReplay.of(new JournalReader(connection), networks, PlannerCatalog.standard());
      assertThat(result.examples()).isEmpty();
      assertThat(result.sessions().get(0).counts().decisions()).isGreaterThan(50);
    }
    get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
  }
}
