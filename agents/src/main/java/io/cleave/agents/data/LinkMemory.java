package io.cleave.agents.data;

/** What one call learns of a link for the next. Thread-safe. */
final class LinkMemory {
  private volatile double windowBytes = SendWindow.FIRST_BYTES;

  SendWindow window() {
    return new SendWindow(windowBytes);
  }

  void learn(SendWindow window) {
    windowBytes = window.windowBytes();
  }
}
