package io.cleave.controller;

import io.cleave.controller.control.LoopThread;
import io.cleave.controller.control.SiteState;
import io.cleave.controller.journal.Journal;
import io.cleave.controller.mqtt.OldPlans;
import io.cleave.controller.mqtt.PlanSender;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Starts and stops in order: what comes in late at the end is dropped, what came in before is
 * decided on and written down.
 */
@Singleton
final class ControllerLifecycle {
  private final LoopThread loop;
  private final PlanSender sender;
  private final SiteState site;
  private final Journal journal;
  private final OldPlans oldPlans;

  ControllerLifecycle(
      LoopThread loop, PlanSender sender, SiteState site, Journal journal, OldPlans oldPlans) {
    this.loop = loop;
    this.sender = sender;
    this.site = site;
    this.journal = journal;
    this.oldPlans = oldPlans;
  }

  void started(@Observes StartupEvent event) {
    sender.start();
    oldPlans.start();
    Log.infof(
        "Cleave controller of %s is up and follows %s", site.settings().site(), site.planner());
  }

  void stopping(@Observes ShutdownEvent event) {
    Log.info("Cleave controller is going down");
    oldPlans.stop();
    loop.close();
    sender.stop();
    journal.close();
  }
}
