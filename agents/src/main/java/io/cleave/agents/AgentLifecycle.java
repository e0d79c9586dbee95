package io.cleave.agents;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says when the application is up and when it goes down. */
@ApplicationScoped
final class AgentLifecycle {
  void started(@Observes StartupEvent event) {
    Log.info("Cleave agent is up");
  }

  void stopping(@Observes ShutdownEvent event) {
    Log.info("Cleave agent is going down");
  }
}
