package io.cleave.testbed.live;

import java.util.function.BooleanSupplier;

/**
 * A broker that takes clients.
 *
 * @param kind as people read it
 * @param host it is reached at
 * @param port it is reached at
 * @param alive whether it still runs, as far as we can see
 * @param end stops it, if we started it
 */
record RunningBroker(String kind, String host, int port, BooleanSupplier alive, Runnable end)
    implements AutoCloseable {
  @Override
  public void close() {
    end.run();
  }
}
