package io.cleave.controller;

import io.agroal.api.AgroalDataSource;
import io.cleave.controller.control.LoopThread;
import io.cleave.controller.control.SiteSettings;
import io.cleave.controller.control.SiteSettings.Presences;
import io.cleave.controller.control.SiteState;
import io.cleave.controller.journal.Journal;
import io.cleave.controller.journal.JournalDatabase;
import io.cleave.controller.journal.JournalSettings;
import io.cleave.controller.model.ModelFolder;
import io.cleave.controller.model.Networks;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import io.cleave.policies.control.Terms;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.logging.Log;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

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

  /** The one database that is switched on: a file by default, PostgreSQL by configuration. */
  @Produces
  @Singleton
  JournalDatabase database(
      @Any InjectableInstance<AgroalDataSource> sources, @Any InjectableInstance<Flyway> flyways) {
    AgroalDataSource source = sources.listActive().get(0);
    Flyway flyway = flyways.listActive().get(0);
    return new JournalDatabase(source, flyway::migrate);
  }

  @Produces
  @Singleton
  Journal journal(JournalDatabase database, Clock clock, MeterRegistry meters) {
    JournalSettings settings =
        new JournalSettings(
            config.journal().maxAge(),
            config.journal().maxSize().asLongValue(),
            config.journal().maxWaiting());
    Journal journal = new Journal(settings, database, clock);
    Gauge.builder("cleave.journal.lag", journal, j -> j.state().lagSeconds())
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("cleave.journal.waiting", journal, j -> j.state().waiting()).register(meters);
    FunctionCounter.builder("cleave.journal.written", journal, j -> j.state().written())
        .register(meters);
    FunctionCounter.builder("cleave.journal.dropped", journal, j -> j.state().dropped())
        .register(meters);
    return journal;
  }

  @Produces
  @Singleton
  SiteState state(JournalDatabase database, MeterRegistry meters) {
    return new SiteState(settings(1 + highestVersion(database)), meters);
  }

  @Produces
  @Singleton
  LoopThread loop(
      SiteState state, Networks networks, Journal journal, Clock clock, MeterRegistry meters) {
    return new LoopThread(state, networks, journal, clock, meters);
  }

  /** Devices tell what they have, so that a controller without its journal goes on all the same. */
  private static long highestVersion(JournalDatabase database) {
    try {
      return database.highestVersion();
    } catch (SQLException failure) {
      Log.warnf("The journal cannot be read: %s", failure.getMessage());
      return 0;
    }
  }

  private SiteSettings settings(long firstVersion) {
    SwitchRule rule =
        new SwitchRule(config.minGain(), seconds(config.hold()), seconds(config.switchCost()));
    Terms terms =
        new Terms(rule, config.lease(), config.maxReportAge(), firstVersion)
            .with(Targeting.byId(config.targeting()));
    return new SiteSettings(
        site,
        config.planner(),
        PlannerCatalog.standard(),
        terms,
        new Presences(config.debounce(), config.expiry(), config.memory(), config.maxAgents()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
