package io.cleave.controller.journal;

import io.cleave.controller.journal.Entry.Answer;
import io.cleave.policies.wire.Decision;
import io.cleave.transport.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Writes entries in one transaction. */
final class Batch {
  private static final String ROW =
      "INSERT INTO journal (place, at_micros, kind, agent, body, version, reason, digest, decision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** So much a row takes beside its texts, about. */
  private static final long FIXED_BYTES = 100;

  private long place;
  private long version;

  private Batch(Mark mark) {
    this.place = mark.place();
    this.version = mark.version();
  }

  /** Writes the entries, and tells where the journal is to go on. */
  static Mark write(Connection connection, Mark from, List<Entry> entries) throws SQLException {
    Batch batch = new Batch(from);
    try (PreparedStatement rows = connection.prepareStatement(ROW)) {
      for (Entry entry : entries) {
        batch.add(rows, entry);
      }
      rows.executeBatch();
    }
    return new Mark(batch.place, batch.version);
  }

  private void add(PreparedStatement rows, Entry entry) throws SQLException {
    rows.setLong(1, place);
    rows.setLong(2, micros(entry.at()));
    rows.setString(3, entry.kind().name());
    rows.setString(4, entry.agent());
    rows.setString(5, entry.text());
    place += FIXED_BYTES + entry.body().length + addAnswer(rows, entry.at(), entry.answer());
    rows.addBatch();
  }

  private long addAnswer(PreparedStatement rows, Instant at, Optional<Answer> answer)
      throws SQLException {
    if (answer.isEmpty()) {
      rows.setNull(6, Types.BIGINT);
      rows.setNull(7, Types.VARCHAR);
      rows.setNull(8, Types.BIGINT);
      rows.setNull(9, Types.VARCHAR);
      return 0;
    }
    Decision decision = answer.get().decision();
    byte[] json = WireJson.write(decision, at);
    version = Math.max(version, decision.version());
    rows.setLong(6, decision.version());
    rows.setString(7, decision.grounds().reason().name());
    rows.setLong(8, digest(json));
    if (!answer.get().sent()) {
      rows.setNull(9, Types.VARCHAR);
      return 0;
    }
    rows.setString(9, new String(json, StandardCharsets.UTF_8));
    return json.length;
  }

  static long digest(byte[] json) {
    CRC32 sum = new CRC32();
    sum.update(json);
    return sum.getValue();
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  static Instant time(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
