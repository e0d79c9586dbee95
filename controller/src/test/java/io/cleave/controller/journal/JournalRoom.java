package io.cleave.controller.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** A database with a journal in it. */
public final class JournalRoom {
  private static final AtomicLong NUMBER = new AtomicLong();

  private final DataSource source;
  private final JournalDatabase database;

  /** In any database. */
  public JournalRoom(DataSource source) {
    this.source = source;
    this.database =
        new JournalDatabase(source, () -> Flyway.configure().dataSource(source).load().migrate());
  }

  /** In one that is empty, and gone with this process. */
  public static JournalRoom inMemory() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:room%d;DB_CLOSE_DELAY=-1".formatted(NUMBER.incrementAndGet()));
    return new JournalRoom(source);
  }

  JournalDatabase database() {
    return database;
  }

  public Connection connection() throws SQLException {
    return source.getConnection();
  }

  /** Writes in one go. */
  public void write(List<Entry> entries) throws SQLException {
    database.write(Optional.empty(), entries);
  }

  /** Runs a statement. */
  public void run(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The number that a query answers with. */
  public long number(String sql) throws SQLException {
    try (Connection connection = connection();
        PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
