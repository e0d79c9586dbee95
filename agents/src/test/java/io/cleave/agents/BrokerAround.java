package io.cleave.agents;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A real broker around the booted application, which is a device of a small network. */
public final class BrokerAround implements QuarkusTestResourceLifecycleManager {
  private Optional<BrokerProcess> broker = Optional.empty();

  @Override
  public Map<String, String> start() {
    BrokerProcess started = BrokerProcess.start(BrokerSettings.local());
    broker = Optional.of(started);
    Map<String, String> settings = new HashMap<>();
    settings.put("cleave.mqtt.host", started.address());
    settings.put("cleave.mqtt.port", String.valueOf(started.port()));
    settings.put("cleave.agent.name", "cam-1");
    settings.put("cleave.agent.roles", "device");
    settings.put("cleave.agent.device-class", "raspberry-pi-4b");
    settings.put("cleave.agent.model", "zoo:small-chain");
    settings.put("cleave.agent.report-interval", "200MS");
    settings.put("quarkus.http.limits.max-body-size", "1M");
    try {
      settings.put("cleave.agent.state", Files.createTempDirectory("agent").toString());
      Path classes = Files.createTempDirectory("meters");
      Path zone = Files.createDirectories(classes.resolve("powercap/intel-rapl:0"));
      Files.writeString(zone.resolve("name"), "package-0\n");
      Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
      Files.writeString(zone.resolve("energy_uj"), "1000000\n");
      settings.put("cleave.agent.meters", classes.toString());
      settings.put("cleave.agent.energy-file", classes.resolve("energy.csv").toString());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, field -> field.getType().isAssignableFrom(BrokerAround.class));
  }

  /** The broker that runs now. */
  BrokerProcess broker() {
    return broker.orElseThrow();
  }

  /** The broker ends and comes back at the same port, with nothing in memory. */
  void restart() {
    BrokerProcess old = broker();
    old.kill();
    broker = Optional.of(old.startAgain());
  }

  @Override
  public void stop() {
    broker.ifPresent(BrokerProcess::stop);
  }
}
