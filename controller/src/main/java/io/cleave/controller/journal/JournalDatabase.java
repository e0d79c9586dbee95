package io.cleave.controller.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** The database that a journal is in. Thread-safe. */
public final class JournalDatabase {
  private static final long SLICE_BYTES = 8L << 20;

  private final DataSource source;
  private final Runnable migration;
  private boolean migrated;

  /**
   * @param migration brings the tables up to date; may throw any unchecked exception
   */
  public JournalDatabase(DataSource source, Runnable migration) {
    this.source = source;
    this.migration = migration;
  }

  /**
   * The highest version that anybody was given; 0 before the first.
   *
   * @throws SQLException if the database is not to be had
   */
  public synchronized long highestVersion() throws SQLException {
    try (Connection connection = connection()) {
      return Mark.read(connection).version();
    }
  }

  /** Writes all or nothing, where the journal ends. */
  synchronized void write(List<Entry> entries) throws SQLException {
    try (Connection connection = connection()) {
      try {
        Batch.write(connection, Mark.read(connection), entries).write(connection);
        connection.commit();
      } catch (SQLException | RuntimeException failure) {
        connection.rollback(); // a pool that takes it back might commit what was done so far
        throw failure;
      }
    }
  }

  /** Removes what is too old or too much, oldest first, a slice at a time. */
  synchronized void sweep(JournalSettings settings, Instant now) throws SQLException {
    try (Connection connection = connection()) {
      long end = Mark.read(connection).place();
      long first = next(connection, "place", 0).orElse(0);
      long cut =
          Math.max(
              end - settings.maxBytes(),
              firstSince(connection, Batch.micros(now.minus(settings.maxAge())), first, end));
      while (first < cut) {
        first = Math.min(cut, first + SLICE_BYTES);
        delete(connection, first);
        connection.commit();
      }
    }
  }

  /** The lowest place of what happened then or later: time ascends with the place. */
  private static long firstSince(Connection connection, long micros, long from, long to)
      throws SQLException {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (next(connection, "at_micros", middle).orElse(Long.MAX_VALUE) >= micros) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Connection connection() throws SQLException {
    if (!migrated) {
      migrate();
    }
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private void migrate() throws SQLException {
    try {
      migration.run();
      migrated = true;
    } catch (RuntimeException failure) {
      throw new SQLException(
          "The journal's tables could not be brought up to date: " + failure.getMessage(), failure);
    }
  }

  /**
   * A column of the first row there or later. In the key's order with a limit it is one step down
   * the index; MIN with a condition would read the whole journal.
   */
  private static OptionalLong next(Connection connection, String column, long place)
      throws SQLException {
    String sql =
        "SELECT %s FROM journal WHERE place >= ? ORDER BY place FETCH FIRST 1 ROW ONLY"
            .formatted(column);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, place);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private static void delete(Connection connection, long before) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM journal WHERE place < ?")) {
      delete.setLong(1, before);
      delete.executeUpdate();
    }
  }
}
