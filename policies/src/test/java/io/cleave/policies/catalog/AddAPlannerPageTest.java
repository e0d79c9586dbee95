package io.cleave.policies.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.catalog.PlannerEntry.Origin;
import io.cleave.policies.partition.SmallestTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that shows how to add a planner is true. */
class AddAPlannerPageTest {
  private static final Path TESTS = Path.of("src/test/java/io/cleave/policies/partition");

  @Test
  void showsTheClassAndItsTestAsTheyAre() throws IOException {
    String page = Files.readString(Path.of("../docs/add-a-planner.md"));
    assertThat(page).contains(Files.readString(TESTS.resolve("SmallestTensor.java")));
    String test = Files.readString(TESTS.resolve("SmallestTensorTest.java"));
    assertThat(page).contains(test.substring(test.indexOf("class ")));
  }

  @Test
  void classAndLineAreAllItTakes() {
    PlannerCatalog catalog = PlannerCatalog.standard();
    catalog.register(
        new PlannerEntry(
            "partition.SmallestTensor",
            "smallest",
            Origin.OWN,
            List.of(),
            (options, none) -> new SmallestTensor()));
    // At 8000 bit/s: 0.25 + 3.5 + (0.25 + 0.1) + 0.4 + 0.35 + 0.6 = 5.45 s behind b, local 6.75 s.
    assertThat(
            catalog
                .create(PlannerSpec.parse("smallest"))
                .plan(HandMade.observation())
                .entries()
                .get(0)
                .fixedSeconds())
        .isCloseTo(5.2, within(1e-12)); // without b's 0.25 s on the uplink
  }
}
