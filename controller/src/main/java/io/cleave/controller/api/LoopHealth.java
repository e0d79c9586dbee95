package io.cleave.controller.api;

import io.cleave.controller.control.LoopThread;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the loop turns. */
@Liveness
@Singleton
final class LoopHealth implements HealthCheck {
  private final LoopThread loop;

  LoopHealth(LoopThread loop) {
    this.loop = loop;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("control loop").status(loop.alive()).build();
  }
}
