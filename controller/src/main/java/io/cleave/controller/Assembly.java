package io.cleave.controller;

import io.cleave.controller.control.LoopThread;
import io.cleave.controller.control.SiteSettings;
import io.cleave.controller.control.SiteSettings.Presences;
import io.cleave.controller.control.SiteState;
import io.cleave.controller.model.ModelFolder;
import io.cleave.controller.model.Networks;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Terms;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the controller together from its configuration. */
@Singleton
final class Assembly {
  private final ControllerConfig config;
  private final String site;

  Assembly(ControllerConfig config, @ConfigProperty(name = "cleave.site") String site) {
    this.config = config;
    this.site = site;
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  ModelFolder models() {
    return new ModelFolder(config.models(), config.maxModelSize().asLongValue());
  }

  @Produces
  @Singleton
  Networks networks(ModelFolder models) {
    return new Networks(models);
  }

  @Produces
  @Singleton
  SiteState state(MeterRegistry meters) {
    return new SiteState(settings(1), meters);
  }

  @Produces
  @Singleton
  LoopThread loop(SiteState state, Networks networks, Clock clock, MeterRegistry meters) {
    return new LoopThread(state, networks, entry -> {}, clock, meters);
  }

  private SiteSettings settings(long firstVersion) {
    SwitchRule rule =
        new SwitchRule(config.minGain(), seconds(config.hold()), seconds(config.switchCost()));
    Terms terms = new Terms(rule, config.lease(), config.maxReportAge(), firstVersion);
    return new SiteSettings(
        site,
        config.planner(),
        terms,
        new Presences(config.debounce(), config.expiry(), config.memory(), config.maxAgents()));
  }

  private static double seconds(java.time.Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
