package io.cleave.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that is a broker. It must end when its standard input does. */
interface BrokerKind {
  /**
   * The settings with what the program cannot find out by itself.
   *
   * @throws IllegalArgumentException if it cannot do what they ask for
   */
  BrokerSettings settle(BrokerSettings settings) throws IOException;

  /** Writes its configuration into the new folder. */
  void configure(BrokerSettings settings, Path folder) throws IOException;

  List<String> command(BrokerSettings settings, Path folder);

  /** Waits until clients can come in, and says by which port; a failure says why there is none. */
  int awaitPort(BrokerSettings settings, Process process) throws IOException, InterruptedException;
}
