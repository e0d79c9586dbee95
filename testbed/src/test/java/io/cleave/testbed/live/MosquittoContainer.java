package io.cleave.testbed.live;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.cleave.transport.mqtt.MqttSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** Mosquitto in a container at a port that it keeps when it is restarted. */
final class MosquittoContainer implements AutoCloseable {
  private static final String CONFIG = "/mosquitto/config/";
  private static final String RUN = "exec /usr/sbin/mosquitto -c /mosquitto/config/mosquitto.conf";

  private final GenericContainer<?> container;
  private final int port;

  private MosquittoContainer(GenericContainer<?> container, int port) {
    this.container = container;
    this.port = port;
    Ports.Binding here = Ports.Binding.bindIpAndPort("127.0.0.1", port);
    container
        .withExposedPorts(1883)
        .withCreateContainerCmdModifier(
            command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withPortBindings(new PortBinding(here, ExposedPort.tcp(1883))))
        .waitingFor(Wait.forLogMessage(".*running.*", 1))
        .start();
  }

  /** Anybody may come in; what is retained survives a restart. */
  static MosquittoContainer open(ContainerEngine engine) throws IOException {
    return new MosquittoContainer(
        container(
            engine,
            "allow_anonymous true\npersistence true\npersistence_location /mosquitto/data/\n"),
        freePort());
  }

  /**
   * Only those with a password, each with the rights of its name.
   *
   * @param accounts names; each password is the name's own
   */
  static MosquittoContainer guarded(ContainerEngine engine, String acl, String... accounts)
      throws IOException {
    StringBuilder script = new StringBuilder("set -e; cd /mosquitto/config; touch passwords; ");
    for (String account : accounts) {
      script.append("mosquitto_passwd -b passwords %s %s; ".formatted(account, account));
    }
    script.append("chown mosquitto passwords acl; chmod 0600 passwords acl; ").append(RUN);
    GenericContainer<?> container =
        container(
                engine,
                """
                allow_anonymous false
                password_file /mosquitto/config/passwords
                acl_file /mosquitto/config/acl
                """)
            .withCopyToContainer(Transferable.of(acl), CONFIG + "acl")
            .withCommand("sh", "-c", script.toString());
    return new MosquittoContainer(container, freePort());
  }

  private static GenericContainer<?> container(ContainerEngine engine, String settings) {
    String common = "listener 1883\nset_tcp_nodelay true\nlog_dest stderr\n";
    return new GenericContainer<>(engine.mosquitto())
        .withCopyToContainer(Transferable.of(common + settings), CONFIG + "mosquitto.conf");
  }

  /**
   * A restart gives a port that Docker chose to another; between here and there one may be lost.
   */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  MqttSettings settings() {
    return MqttSettings.plain("127.0.0.1", port);
  }

  /** Stops it in order and starts it again. */
  void restart() {
    DockerClientFactory.lazyClient()
        .restartContainerCmd(container.getContainerId())
        .withTimeout(10)
        .exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
