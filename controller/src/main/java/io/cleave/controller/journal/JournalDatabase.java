package io.cleave.controller.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The database that a journal is in. */
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

  /** Writes all or nothing; goes on where the batch before ended, or else where the journal did. */
  synchronized Batch write(Optional<Batch> before, List<Entry> entries) throws SQLException {
    try (Connection connection = connection()) {
      try {
        Batch batch = before.isPresent() ? before.get() : resumed(connection);
        batch.write(connection, entries);
        connection.commit();
        return batch;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback(); // a pool that takes it back might commit what was done so far
        throw failure;
      }
    }
  }

  private static Batch resumed(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT MAX(session) FROM journal_event");
        ResultSet row = query.executeQuery()) {
      row.next();
      return new Batch(Mark.read(connection), row.getLong(1));
    }
  }

  /** Removes what is too old or too much, oldest first, a slice at a time. */
  synchronized void sweep(JournalSettings settings, Instant now) throws SQLException {
    try (Connection connection = connection()) {
      long end = Mark.read(connection).place();
      long last =
          Math.max(end - settings.maxBytes(), lastBefore(connection, now.minus(settings.maxAge())));
      long first = first(connection);
      while (first <= last) {
        long next = Math.min(last, first + SLICE_BYTES);
        delete(connection, "DELETE FROM journal_decision WHERE place <= ?", next);
        delete(connection, "DELETE FROM journal_event WHERE place <= ?", next);
        connection.commit();
        first = next + 1;
      }
      connection.commit();
    }
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

  private static long lastBefore(Connection connection, Instant time) throws SQLException {
    return number(
        connection,
        "SELECT COALESCE(MAX(place), -1) FROM journal_event WHERE at_micros < "
            + Batch.micros(time));
  }

  private static long first(Connection connection) throws SQLException {
    return number(connection, "SELECT COALESCE(MIN(place), 0) FROM journal_event");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void delete(Connection connection, String sql, long place) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, place);
      delete.executeUpdate();
    }
  }
}
