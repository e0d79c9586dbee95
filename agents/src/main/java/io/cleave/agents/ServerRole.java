package io.cleave.agents;

import io.cleave.agents.data.DataLimits;
import io.cleave.agents.data.DataServer;
import io.cleave.agents.serve.Bench;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.HostPort;
import io.cleave.agents.settings.ServerSettings;
import io.cleave.agents.settings.SettingsException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Optional;

/**
 * An agent that runs slices for others.
 *
 * @param bench where they are run
 * @param plane by which they come in
 * @param address at which others reach it
 */
record ServerRole(Bench bench, DataServer plane, HostPort address) implements AutoCloseable {
  private static final int ANY_PORT = 9;

  static ServerRole start(AgentSettings agent, ServerSettings settings, Workshop workshop) {
    Bench bench =
        new Bench(
            new Bench.Tools(
                workshop.store(), workshop.library(), workshop.machine(), workshop.measured()),
            agent.machine().deviceClass());
    try {
      DataServer plane =
          DataServer.start(
              new InetSocketAddress(settings.port()),
              Optional.empty(),
              DataLimits.standard(),
              bench.workbench());
      int port = settings.advertisedPort().orElse(plane.address().getPort());
      String host = settings.advertisedHost().orElseGet(() -> ownHost(settings.broker()));
      return new ServerRole(bench, plane, new HostPort(host, port));
    } catch (UncheckedIOException taken) {
      throw new SettingsException("cleave.agent.data-port: " + taken.getMessage());
    }
  }

  /** The address by which this machine reaches the broker; nothing is sent to find out. */
  private static String ownHost(String broker) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(broker, ANY_PORT));
      return socket.getLocalAddress().getHostAddress();
    } catch (SocketException | UncheckedIOException | IllegalArgumentException nowhere) {
      throw new SettingsException(
          "This machine does not know by which address %s reaches it (%s). Set cleave.agent.data-advertise."
              .formatted(broker, nowhere.getMessage()));
    }
  }

  @Override
  public void close() {
    plane.close();
    bench.close();
  }
}
