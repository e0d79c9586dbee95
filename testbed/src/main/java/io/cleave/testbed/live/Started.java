package io.cleave.testbed.live;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, so that it is ended, the last first. */
final class Started implements AutoCloseable {
  private final Narrator narrator;
  private final Deque<Part> parts = new ArrayDeque<>(); // the last first

  private record Part(String name, Runnable end) {}

  Started(Narrator narrator) {
    this.narrator = narrator;
  }

  /**
   * @param name for people
   * @param end how it is ended
   */
  void add(String name, Runnable end) {
    parts.push(new Part(name, end));
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.end().run();
      } catch (RuntimeException e) { // one that does not end well must not keep the others alive
        narrator.say("%s did not end well: %s".formatted(part.name(), e.getMessage()));
      }
    }
  }
}
