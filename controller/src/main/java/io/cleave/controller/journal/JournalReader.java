package io.cleave.controller.journal;

import io.cleave.controller.journal.Entry.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a journal in the order in which it was written, some thousand events at a time. */
public final class JournalReader {
  private static final int PAGE = 2000;
  private static final String ROWS =
      "SELECT place, at_micros, kind, agent, body, version, reason, digest, decision"
          + " FROM journal WHERE place > ? ORDER BY place FETCH FIRST "
          + PAGE
          + " ROWS ONLY";

  private final Connection connection;

  /** Reads over this connection, which stays open. */
  public JournalReader(Connection connection) {
    this.connection = connection;
  }

  /**
   * An event as it was written.
   *
   * @param place in the journal, ascending
   * @param decision that it led to
   */
  public record Line(
      long place, Instant at, Kind kind, String agent, String body, Optional<Decided> decision) {}

  /**
   * A decision as it was written.
   *
   * @param digest CRC-32 of its JSON
   * @param json if it was sent
   */
  public record Decided(long version, String reason, long digest, Optional<String> json) {}

  /** Shows every event to somebody. */
  public void forEach(Consumer<Line> reader) throws SQLException {
    long last = -1;
    List<Line> page = page(last);
    while (!page.isEmpty()) {
      page.forEach(reader);
      last = page.get(page.size() - 1).place();
      page = page(last);
    }
  }

  /** CRC-32 of a decision's JSON, as the journal keeps it. */
  public static long digest(byte[] json) {
    return Batch.digest(json);
  }

  private List<Line> page(long after) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ROWS)) {
      query.setLong(1, after);
      try (ResultSet rows = query.executeQuery()) {
        List<Line> page = new ArrayList<>();
        while (rows.next()) {
          page.add(line(rows));
        }
        return page;
      }
    }
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong(1),
        Batch.time(row.getLong(2)),
        Kind.valueOf(row.getString(3)),
        row.getString(4),
        row.getString(5),
        decided(row));
  }

  private static Optional<Decided> decided(ResultSet row) throws SQLException {
    String reason = row.getString(7);
    return reason == null
        ? Optional.empty()
        : Optional.of(
            new Decided(
                row.getLong(6), reason, row.getLong(8), Optional.ofNullable(row.getString(9))));
  }
}
