package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
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
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(clientId)
            .executorConfig()
            .applicationScheduler(Schedulers.from(events))
            .applyExecutorConfig()
            .addDisconnectedListener(context -> ended.accept(context.getCause()))
            .transportConfig()
            .serverHost(settings.host())
            .serverPort(settings.port())
            .socketConnectTimeout(attempt.toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(attempt.toMillis(), TimeUnit.MILLISECONDS)
            .applyTransportConfig();
    return settings
        .tls()
        .map(tls -> builder.sslConfig(TrustStores.trusting(tls)))
        .orElse(builder)
        .buildAsync();
  }
}
