package io.cleave.controller.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far the journal has come.
 *
 * @param place where the next event goes: the bytes of all events before
 * @param version highest that anybody was given; 0 before the first
 */
record Mark(long place, long version) {
  static Mark read(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT place, version FROM journal_mark WHERE id = 1");
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("The journal has lost its mark.");
      }
      return new Mark(row.getLong(1), row.getLong(2));
    }
  }

  void write(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal_mark SET place = ?, version = ? WHERE id = 1")) {
      update.setLong(1, place);
      update.setLong(2, version);
      update.executeUpdate();
    }
  }
}
