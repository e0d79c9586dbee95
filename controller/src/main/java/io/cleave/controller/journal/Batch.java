package io.cleave.controller.journal;

import io.cleave.controller.journal.Entry.Answer;
import io.cleave.controller.journal.Entry.Kind;
import io.cleave.policies.wire.Decision;
import io.cleave.transport.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;

/** Writes entries in one transaction. */
final class Batch {
  private static final String EVENT =
      "INSERT INTO journal_event (place, session, at_micros, kind, agent, body) VALUES (?, ?, ?, ?, ?, ?)";
  private static final String DECISION =
      "INSERT INTO journal_decision (place, agent, version, reason, digest, body) VALUES (?, ?, ?, ?, ?, ?)";

  /** So much an event takes beside its text, about. */
  private static final long FIXED_BYTES = 64;

  private long place;
  private long version;
  private long session;

  Batch(Mark mark, long session) {
    this.place = mark.place();
    this.version = mark.version();
    this.session = session;
  }

  /** Place of the opening of the session under way. */
  long session() {
    return session;
  }

  Mark mark() {
    return new Mark(place, version);
  }

  void write(Connection connection, List<Entry> entries) throws SQLException {
    try (PreparedStatement events = connection.prepareStatement(EVENT);
        PreparedStatement decisions = connection.prepareStatement(DECISION)) {
      boolean decided = false;
      for (Entry entry : entries) {
        session = entry.kind() == Kind.OPEN ? place : session;
        long bytes = FIXED_BYTES + entry.body().length;
        add(events, entry);
        if (entry.answer().isPresent()) {
          bytes += add(decisions, entry.at(), entry.answer().get());
          decided = true;
        }
        place += bytes;
      }
      events.executeBatch();
      if (decided) {
        decisions.executeBatch();
      }
    }
    mark().write(connection);
  }

  private void add(PreparedStatement events, Entry entry) throws SQLException {
    events.setLong(1, place);
    events.setLong(2, session);
    events.setLong(3, micros(entry.at()));
    events.setString(4, entry.kind().name());
    events.setString(5, entry.agent());
    events.setString(6, entry.text());
    events.addBatch();
  }

  private long add(PreparedStatement decisions, Instant at, Answer answer) throws SQLException {
    Decision decision = answer.decision();
    byte[] json = WireJson.write(decision, at);
    version = Math.max(version, decision.version());
    decisions.setLong(1, place);
    decisions.setString(2, decision.agent());
    decisions.setLong(3, decision.version());
    decisions.setString(4, decision.grounds().reason().name());
    decisions.setLong(5, digest(json));
    if (answer.sent()) {
      decisions.setString(6, new String(json, StandardCharsets.UTF_8));
    } else {
      decisions.setNull(6, Types.VARCHAR);
    }
    decisions.addBatch();
    return FIXED_BYTES + (answer.sent() ? json.length : 0);
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
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
  }
}
