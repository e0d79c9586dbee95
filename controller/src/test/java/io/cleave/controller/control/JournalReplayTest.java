package io.cleave.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.controller.Agents;
import io.cleave.controller.journal.Entry;
import io.cleave.controller.journal.JournalReader;
import io.cleave.controller.journal.JournalRoom;
import io.cleave.controller.journal.Opening;
import io.cleave.controller.model.ModelFolder;
import io.cleave.controller.model.Networks;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.control.Terms;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalReplayTest {
  private final JournalRoom room = JournalRoom.inMemory();

  @ParameterizedTest
  @EnumSource
  void aJournalReplaysToTheSameDecisionsByteForByte(Targeting targeting) throws SQLException {
    Rehearsal site = new Rehearsal(targeting);
    eventfulDay(site);
    room.write(site.journal);

    JournalReplay.Result result = replay();

    JournalReplay.Counts counts = result.sessions().get(0).counts();
    assertThat(result.sessions().get(0).opening().terms().targeting()).isEqualTo(targeting);
    assertThat(result.examples()).isEmpty();
    assertThat(result.same()).isTrue();
    assertThat(counts.decisions()).isGreaterThan(500);
    assertThat(counts.different()).isZero();
    assertThat(counts.reports()).isGreaterThan(counts.decisions());
  }

  @Test
  void aJournalThatDoesNotSayHowServersWereChosenIsOfDevicesThatChoseForThemselves() {
    String json = Opening.of("site-1", "cleave", Terms.of(SwitchRule.none())).toJson();
    String old = json.replace(",\"targeting\":\"each\"", "");

    assertThat(old).isNotEqualTo(json);
    assertThat(Opening.parse(old).terms().targeting()).isEqualTo(Targeting.EACH);
  }

  @Test
  void anotherDecisionIsFound() throws SQLException {
    Rehearsal site = new Rehearsal();
    eventfulDay(site);
    room.write(site.journal);
    room.run("UPDATE journal SET body = REPLACE(body, 'raspberry-pi-3b', 'laptop')");

    JournalReplay.Result result = replay();

    assertThat(result.same()).isFalse();
    assertThat(result.examples()).hasSize(10);
  }

  @Test
  void aSessionWithAGapIsNoProof() throws SQLException {
    Rehearsal site = new Rehearsal();
    eventfulDay(site);
    List<Entry> all = site.journal;
    int middle = all.size() / 2;
    room.write(all.subList(0, middle));
    room.write(List.of(Entry.of(all.get(middle).at(), Entry.Kind.GAP, "", "10")));
    room.write(all.subList(middle + 10, all.size()));

    JournalReplay.Result result = replay();

    assertThat(result.sessions().get(0).whole()).isFalse();
    assertThat(result.same()).isTrue(); // nothing that is whole differs
  }

  @Test
  void aSessionWithoutItsBeginningIsSkipped() throws SQLException {
    Rehearsal site = new Rehearsal();
    eventfulDay(site);
    room.write(site.journal);
    room.run("DELETE FROM journal WHERE kind = 'OPEN'");

    JournalReplay.Result result = replay();

    assertThat(result.sessions()).isEmpty();
    assertThat(result.skipped()).isEqualTo(site.journal.size() - 1);
  }

  private JournalReplay.Result replay() throws SQLException {
    try (Connection connection = room.connection()) {
      return JournalReplay.of(
          new JournalReader(connection),
          new Networks(new ModelFolder(Path.of("target/no-models"), 1)),
          PlannerCatalog.standard());
    }
  }

  /** Joins, leaves, switches, outages, measured runs, duplicates; all that a loop can be given. */
  private static void eventfulDay(Rehearsal site) {
    Random random = new Random(5);
    site.say(Agents.server("edge-1", 1));
    site.say(Agents.server("edge-2", 1));
    IntStream.range(0, 6).forEach(i -> site.say(Agents.device("cam-" + i, 1)));
    for (int second = 0; second < 120; second++) {
      site.pass(Duration.ofSeconds(1));
      if (second == 30) {
        site.live().follow(PlannerSpec.parse("dads"), site.now());
      }
      if (second == 60) {
        site.live().follow(PlannerSpec.parse("cleave{hedge=0}"), site.now());
        site.say(Status.offline("edge-2", 1));
      }
      if (second == 90) {
        site.say(Agents.device("cam-0", 2, "zoo:resnet18"));
      }
      site.say(Agents.report("edge-1", 1, second));
      site.say(Agents.report("edge-2", 1, second));
      for (int i = 0; i < 6; i++) {
        long epoch = i == 0 && second >= 90 ? 2 : 1;
        Report report = report("cam-" + i, new Stamp(epoch, second), random);
        site.say(report);
        if (random.nextInt(10) == 0) {
          site.say(report);
        }
      }
    }
  }

  private static Report report(String name, Stamp stamp, Random random) {
    Report plain =
        Agents.report(name, stamp, "edge-" + (1 + random.nextInt(2)), 40 * random.nextDouble(), 0);
    return new Report(
        name,
        stamp,
        new LoadReport(random.nextDouble() / 10, 1 + random.nextDouble()),
        plain.links(),
        List.of(new RunReport("alexnet", LayerSet.range(0, 4), 0.5 + random.nextDouble())),
        0);
  }
}
