package io.cleave.controller.api;

import io.cleave.controller.journal.Journal;
import io.cleave.controller.journal.JournalState;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the journal can be written; plans are made all the same. */
@Readiness
@Singleton
final class JournalHealth implements HealthCheck {
  private final Journal journal;

  JournalHealth(Journal journal) {
    this.journal = journal;
  }

  @Override
  public HealthCheckResponse call() {
    JournalState state = journal.state();
    return HealthCheckResponse.named("journal")
        .status(state.trouble().isEmpty())
        .withData("written", state.written())
        .withData("dropped", state.dropped())
        .withData("waiting", state.waiting())
        .withData("trouble", state.trouble().orElse("none"))
        .build();
  }
}
