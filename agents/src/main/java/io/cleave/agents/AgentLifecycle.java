package io.cleave.agents;

import io.cleave.agents.frame.Device;
import io.cleave.agents.infer.Desk;
import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Starts the agent's work when all is there, and ends it in order. */
@ApplicationScoped
final class AgentLifecycle {
  private static final Logger LOG = Logger.getLogger(AgentLifecycle.class);

  private final Running running;
  private final AgentChannels channels;
  private final MqttConnection connection;
  private final Desk desk;
  private final ScheduledExecutorService reporting =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cleave-reports");
            thread.setDaemon(true);
            return thread;
          });

  private Optional<Future<?>> reports = Optional.empty();

  @Inject
  AgentLifecycle(Running running, AgentChannels channels, MqttConnection connection, Desk desk) {
    this.running = running;
    this.channels = channels;
    this.connection = connection;
    this.desk = desk;
  }

  void started(@Observes StartupEvent event) {
    Agent agent = running.agent();
    agent
        .device()
        .ifPresent(
            device ->
                desk.open(
                    device, agent.settings().device().orElseThrow().demand().deadlineSeconds()));
    connection.onState(this::onState);
    long interval = agent.settings().reportInterval().toNanos();
    reports =
        Optional.of(
            reporting.scheduleAtFixedRate(this::report, interval, interval, TimeUnit.NANOSECONDS));
    agent.begin();
    LOG.infof("Agent %s of %s is up", agent.settings().name(), agent.settings().site());
  }

  private void report() {
    running.agent().meter();
    if (connection.state() != MqttState.TAKEN_OVER) {
      channels.report();
    }
  }

  /** Two agents of one name would take turns at confusing the controller. */
  private void onState(MqttState state) {
    boolean alone = state != MqttState.TAKEN_OVER;
    running.agent().device().ifPresent(device -> offload(device, alone));
    if (!alone) {
      LOG.errorf(
          "ALARM: another process is the agent %s now. This one neither reports nor offloads any more, and runs its frames alone. Stop one of the two, or give it another cleave.agent.name.",
          running.agent().settings().name());
    }
  }

  private static void offload(Device device, boolean allowed) {
    device.offload(allowed);
  }

  void stopping(@Observes ShutdownEvent event) {
    desk.close();
    reports.ifPresent(next -> next.cancel(false));
    reporting.shutdownNow();
    running.agent().close();
    LOG.info("The agent goes down");
  }
}
