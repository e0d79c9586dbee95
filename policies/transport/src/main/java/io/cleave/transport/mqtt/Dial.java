package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.reactivex.schedulers.Schedulers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All that is needed to call the broker, any number of times.
 *
 * @param attempt how long one call may take to be answered
 */
record Dial(MqttSettings settings, String clientId, Duration attempt) {

  /**
   * A client for one connection.
   *
   * @param events where all its futures complete and its messages come in
   * @param ended told why, once the connection is gone or did not come about
   */
  Mqtt5AsyncClient client(Executor events, Consumer<Throwable> ended) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .transportConfig(transport())
        .executorConfig()
        .applicationScheduler(Schedulers.from(events))
        .applyExecutorConfig()
        .addDisconnectedListener(context -> ended.accept(context.getCause()))
        .buildAsync();
  }

  private MqttClientTransportConfig transport() {
    MqttClientTransportConfigBuilder plain =
        MqttClientTransportConfig.builder()
            .serverHost(settings.host())
            .serverPort(settings.port())
            .socketConnectTimeout(attempt.toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(attempt.toMillis(), TimeUnit.MILLISECONDS);
    return settings
        .tls()
        .map(tls -> plain.sslConfig(TrustStores.trusting(tls)))
        .orElse(plain)
        .build();
  }
}
