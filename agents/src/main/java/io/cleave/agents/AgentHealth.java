package io.cleave.agents;

import io.cleave.transport.mqtt.MqttConnection;
import io.cleave.transport.mqtt.MqttState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the agent can do what it is there for: broker, data plane, model. */
@ApplicationScoped
class AgentHealth {
  private final Running running;
  private final MqttConnection connection;

  @Inject
  AgentHealth(Running running, MqttConnection connection) {
    this.running = running;
    this.connection = connection;
  }

  @Produces
  @Readiness
  HealthCheck broker() {
    return () -> {
      MqttState state = connection.state();
      return HealthCheckResponse.named("broker")
          .status(state == MqttState.CONNECTED)
          .withData("state", state.name())
          .withData("trouble", connection.trouble().orElse("none"))
          .withData("alarm", state == MqttState.TAKEN_OVER)
          .build();
    };
  }

  @Produces
  @Readiness
  HealthCheck dataPlane() {
    return () ->
        HealthCheckResponse.named("data plane")
            .up()
            .withData(
                "address",
                running.agent().server().map(role -> role.address().toString()).orElse("none"))
            .build();
  }

  @Produces
  @Readiness
  HealthCheck model() {
    return () ->
        HealthCheckResponse.named("model")
            .up()
            .withData(
                "source",
                running
                    .agent()
                    .device()
                    .map(device -> device.model().reference().source())
                    .orElse("none"))
            .build();
  }
}
