package io.cleave.agents.data;

/**
 * A call under way.
 *
 * @param cancelling stops it
 */
public record DataCall(Runnable cancelling) {
  /**
   * Stops sending, and tells the server to stop. The listener hears {@code CANCELLED}, unless the
   * call had ended. Does not wait; any thread may call it, any number of times.
   */
  public void cancel() {
    cancelling.run();
  }
}
