package io.cleave.controller;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real broker for the booted controller, and a folder for what it keeps. */
public final class Broker implements QuarkusTestResourceLifecycleManager {
  /** A device that an earlier controller left a plan for. */
  static final String OLD_DEVICE = "cam-old";

  static final long OLD_VERSION = 41;

  private final BrokerProcess broker = BrokerProcess.start(BrokerSettings.local());

  @Override
  public Map<String, String> start() {
    try (SitePort site = new SitePort(broker.address(), broker.port(), "site-1")) {
      site.leavePlan(OLD_DEVICE, OLD_VERSION);
    }
    return Map.of(
        "cleave.mqtt.host", broker.address(),
        "cleave.mqtt.port", Integer.toString(broker.port()),
        "cleave.controller.state", folder().toString(),
        // Machines that build and test at once stop for seconds.
        "cleave.controller.max-report-age", "60S",
        "cleave.controller.expiry", "120S");
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "state");
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  @Override
  public void stop() {
    broker.close();
  }
}
