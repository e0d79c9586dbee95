package io.cleave.controller.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.controller.journal.Entry.Kind;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final JournalSettings SETTINGS =
      new JournalSettings(Duration.ofDays(1), 1 << 30, 1000);

  private final JournalRoom room = JournalRoom.inMemory();

  @Test
  void whatIsTakenIsWritten() throws SQLException {
    try (Journal journal = journal(SETTINGS)) {
      for (int i = 0; i < 500; i++) {
        journal.accept(Entry.of(START.plusNanos(i * 1000L), Kind.REPORT, "cam-1", "{}"));
      }
    }

    List<JournalReader.Line> lines = lines();
    assertThat(lines).hasSize(500);
    assertThat(lines.get(499).at()).isEqualTo(START.plusNanos(499_000));
    assertThat(lines).extracting(JournalReader.Line::place).isSorted();
  }

  @Test
  void theLoopIsNotStoppedByADatabaseThatIsGone() throws SQLException {
    JournalSettings small = new JournalSettings(Duration.ofDays(1), 1 << 30, 10);
    JournalDatabase gone =
        new JournalDatabase(
            new org.h2.jdbcx.JdbcDataSource(),
            () -> {
              throw new IllegalStateException("no such host");
            });
    try (Journal journal = new Journal(small, gone, Clock.fixed(START, ZoneOffset.UTC))) {
      for (int i = 0; i < 100; i++) {
        journal.accept(Entry.of(START, Kind.REPORT, "cam-1", "{}"));
      }
      await().until(() -> journal.state().trouble().isPresent());

      assertThat(journal.state().trouble().orElseThrow()).contains("no such host");
      assertThat(journal.state().dropped()).isGreaterThanOrEqualTo(80);
    }
  }

  @Test
  void oldEventsAreRemoved() throws SQLException {
    List<Entry> entries = new ArrayList<>();
    for (int hour = 0; hour < 48; hour++) {
      entries.add(Entry.of(START.plus(Duration.ofHours(hour)), Kind.REPORT, "cam-1", "{}"));
    }
    room.write(entries);
    room.database().sweep(SETTINGS, START.plus(Duration.ofHours(47)));

    assertThat(lines()).hasSize(25); // hours 23 to 47
  }

  @Test
  void eventsThatAreTooMuchAreRemoved() throws SQLException {
    String body = "{\"text\":\"%s\"}".formatted("x".repeat(9000));
    for (int i = 0; i < 30; i++) {
      List<Entry> entries = new ArrayList<>();
      for (int k = 0; k < 20; k++) {
        entries.add(Entry.of(START, Kind.REPORT, "cam-1", body));
      }
      room.write(entries);
    }
    // 600 events of about 9,075 bytes; 1 MiB holds 115.
    room.database().sweep(new JournalSettings(Duration.ofDays(1), 1 << 20, 10), START);

    assertThat(lines().size()).isBetween(110, 116);
    assertThat(room.database().highestVersion()).isZero();
  }

  @Test
  void aGapIsWrittenDown() throws SQLException {
    JournalSettings small = new JournalSettings(Duration.ofDays(1), 1 << 30, 5);
    long dropped;
    try (Journal journal = journal(small)) {
      for (int i = 0; i < 50; i++) {
        journal.accept(Entry.of(START, Kind.REPORT, "cam-1", "{}"));
      }
      await().until(() -> journal.state().waiting() == 0 && journal.state().written() > 0);
      journal.accept(Entry.of(START, Kind.REPORT, "cam-1", "{}"));
      dropped = journal.state().dropped();
    }

    long told =
        lines().stream()
            .filter(line -> line.kind() == Kind.GAP)
            .mapToLong(line -> Long.parseLong(line.body()))
            .sum();
    assertThat(dropped).isPositive();
    assertThat(told).isEqualTo(dropped);
  }

  private Journal journal(JournalSettings settings) {
    return new Journal(settings, room.database(), Clock.fixed(START, ZoneOffset.UTC));
  }

  private List<JournalReader.Line> lines() throws SQLException {
    List<JournalReader.Line> lines = new ArrayList<>();
    try (var connection = room.connection()) {
      new JournalReader(connection).forEach(lines::add);
    }
    return lines;
  }
}
