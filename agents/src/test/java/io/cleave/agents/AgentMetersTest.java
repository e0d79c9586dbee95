package io.cleave.agents;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A booted agent on a machine with a counter of energy. */
@QuarkusTest
@WithTestResource(BrokerAround.class)
class AgentMetersTest {
  @Inject
  @ConfigProperty(name = "cleave.agent.meters")
  String classes;

  @Test
  void tellsAndWritesDownWhatTheMachineHasDrawn() throws IOException {
    Path zone = Path.of(classes, "powercap", "intel-rapl:0");
    Files.writeString(zone.resolve("energy_uj"), "43500000\n"); // 42.5 J later
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                get("/q/metrics")
                    .asString()
                    .lines()
                    .filter(line -> line.startsWith("cleave_energy_joules_total"))
                    .anyMatch(line -> line.contains("package-0") && line.endsWith(" 42.5")));
    assertThat(Files.readAllLines(Path.of(classes, "energy.csv")))
        .startsWith("unix_seconds,meter,joules")
        .anyMatch(line -> line.endsWith(",package-0,0.000000"))
        .anyMatch(line -> line.endsWith(",package-0,42.500000"));
  }
}
