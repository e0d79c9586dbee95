package io.cleave.agents;

import io.cleave.agents.frame.Device;
import io.cleave.agents.meter.EnergyLog;
import io.cleave.agents.meter.Meters;
import io.cleave.agents.probe.MachineProbe;
import io.cleave.agents.settings.AgentSettings;
import io.cleave.agents.settings.HostPort;
import io.cleave.agents.settings.SettingsException;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * All of an agent but its voice: the machine, the models, and the roles of a device, a server or
 * both. Whoever holds it carries its reports out, and statuses and plans in. Thread-safe.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Agent.class);

  private final AgentSettings settings;
  private final Workshop workshop;
  private final MachineProbe probe = new MachineProbe();
  private final EnergyLog energy;
  private final Optional<DeviceRole> device;
  private final Optional<ServerRole> server;

  private Agent(
      AgentSettings settings,
      Workshop workshop,
      Optional<DeviceRole> device,
      Optional<ServerRole> server) {
    this.settings = settings;
    this.workshop = workshop;
    this.device = device;
    this.server = server;
    AgentSettings.MeterSettings meters = settings.machine().meters();
    this.energy = new EnergyLog(new Meters(meters.classes()), meters.file());
  }

  /**
   * Loads the network and opens the data plane; no frames yet. Takes as long as a model takes to be
   * built or read and run once.
   *
   * @param epoch number of its session, above all before
   * @throws SettingsException if something that is configured cannot be had
   */
  public static Agent start(AgentSettings settings, long epoch) {
    Workshop workshop = Workshop.of(settings);
    try {
      Optional<DeviceRole> device =
          settings.device().map(any -> DeviceRole.start(settings, epoch, workshop));
      Optional<ServerRole> server =
          settings.server().map(role -> ServerRole.start(settings, role, workshop));
      device.ifPresent(role -> server.ifPresent(own -> own.bench().know(role.reference())));
      return new Agent(settings, workshop, device, server);
    } catch (RuntimeException unusable) {
      workshop.close();
      throw unusable;
    }
  }

  /** Takes frames from now on. */
  public void begin() {
    meter();
    device.ifPresent(DeviceRole::begin);
  }

  public AgentSettings settings() {
    return settings;
  }

  public Optional<Device> device() {
    return device.map(DeviceRole::device);
  }

  /** The role of a server, if it has that. */
  Optional<ServerRole> server() {
    return server;
  }

  /** Reads the machine's meters: they must be read often enough, whether anybody is told or not. */
  void meter() {
    energy.read(workshop.loop().instant());
  }

  /** What the machine's meters said when they were read last. */
  Meters meters() {
    return energy.meters();
  }

  Workshop workshop() {
    return workshop;
  }

  /** What it says of itself at birth. */
  public Capabilities capabilities() {
    return new Capabilities(
        settings.machine().deviceClass().id(),
        settings.machine().paced(),
        device.map(DeviceRole::wish),
        server.map(
            role ->
                new Capabilities.Serving(
                    role.address().toString(), settings.server().orElseThrow().capacity())));
  }

  /** What it tells the controller now; what was measured counts as told. */
  public CompletionStage<Report> report(Stamp stamp) {
    CompletionStage<Device.News> news =
        device
            .map(role -> role.device().news(stamp.epoch()))
            .orElseGet(() -> CompletableFuture.completedFuture(serverNews()));
    return news.thenApply(
        told ->
            new Report(
                settings.name(),
                stamp,
                told.load().with(workshop.memoryBytes()),
                told.links(),
                workshop.measured().drain(),
                told.planVersion(),
                told.frames(),
                Optional.of(probe.report().with(workshop.held()))));
  }

  private Device.News serverNews() {
    double queue = workshop.machine().queueSeconds();
    LoadReport load = new LoadReport(queue, workshop.measured().slowdown());
    return new Device.News(load, List.of(), FrameReport.NONE, 0);
  }

  /** An agent of the site is there, or gone. */
  public void hear(Status status) {
    status
        .capabilities()
        .flatMap(Capabilities::device)
        .ifPresent(wish -> server.ifPresent(role -> role.bench().know(wish.model())));
    if (device.isEmpty() || status.agent().equals(settings.name())) {
      return;
    }
    Device here = device.get().device();
    Optional<String> address = status.capabilities().flatMap(Capabilities::dataAddress);
    if (address.isEmpty()) {
      here.serverOffline(status.agent(), status.epoch());
      return;
    }
    try {
      here.serverOnline(status.agent(), status.epoch(), HostPort.parse(address.get()));
    } catch (SettingsException unusable) {
      LOG.warnf("%s cannot be reached: %s", status.agent(), unusable.getMessage());
    }
  }

  /** A decision came in; without the role of a device it means nothing. */
  public void hear(Decision decision) {
    device.ifPresent(role -> role.device().offer(decision));
  }

  /** Takes no more frames, answers those under way if it can within seconds, and ends all work. */
  @Override
  public void close() {
    device.ifPresent(DeviceRole::close);
    server.ifPresent(ServerRole::close);
    meter();
    energy.close();
    workshop.close();
  }
}
