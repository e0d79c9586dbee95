package io.cleave.testbed.link;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** All that share a link, and its two directions. Only the link's event loop calls it. */
final class Connections {
  private final Direction up;
  private final Direction down;
  private final Set<Connection> open = new LinkedHashSet<>();
  private long accepted;
  private long dropped;

  Connections(Direction up, Direction down) {
    this.up = up;
    this.down = down;
  }

  Direction up() {
    return up;
  }

  Direction down() {
    return down;
  }

  void add(Connection connection) {
    accepted++;
    open.add(connection);
  }

  void remove(Connection connection) {
    open.remove(connection);
  }

  void countDropped() {
    dropped++;
  }

  void resetAll() {
    new ArrayList<>(open).forEach(Connection::reset);
  }

  LinkCounts counts() {
    return new LinkCounts(up.counts(), down.counts(), open.size(), accepted, dropped);
  }
}
