package io.cleave.agents;

import io.cleave.agents.data.DataLimits;
import io.cleave.agents.data.DataServer;
import io.cleave.agents.serve.Bench;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.HostPort;
import io.cleave.agents.settings.ServerSettings;
import io.cleave.agents.settings.SettingsException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An agent that runs slices for others.
 *
 * @param bench where they are run
 * @param plane by which they come in
 * @param address at which others reach it
 */
record ServerRole(Bench bench, DataServer plane, HostPort address) implements AutoCloseable {
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
      String host = settings.advertisedHost().orElseGet(ServerRole::ownHost);
      return new ServerRole(bench, plane, new HostPort(host, port));
    } catch (UncheckedIOException taken) {
      throw new SettingsException("cleave.agent.data-port: " + taken.getMessage());
    }
  }

  private static String ownHost() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException nameless) {
      throw new SettingsException(
          "This machine does not know its own address (%s). Set cleave.agent.data-advertise."
              .formatted(nameless.getMessage()));
    }
  }

  @Override
  public void close() {
    plane.close();
    bench.close();
  }
}
