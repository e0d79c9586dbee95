package io.cleave.transport.mqtt;

import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * Channels over the process's one connection. An incoming channel has the attributes {@code topic}
 * (perhaps with wildcards) and {@code qos} (1 unless told), and {@link IncomingTopic} on each
 * message; what its consumer does not accept is counted, acknowledged and forgotten. (A method that
 * takes the whole {@code Message} must not throw but answer {@code nack}: SmallRye ends the channel
 * of one that throws. One that takes the payload may throw.) An outgoing channel has {@code qos}
 * (1), {@code retain} (false) and {@code topic}, which {@link OutgoingTopic} overrides message by
 * message. Payloads are {@code byte[]}.
 */
@ApplicationScoped
@Connector(MqttConnector.NAME)
public class MqttConnector implements InboundConnector, OutboundConnector, HealthReporter {
  public static final String NAME = "cleave-mqtt";

  private final Provider<MqttConnection> connection;
  private final Set<String> channels = new ConcurrentSkipListSet<>();

  /**
   * @param connection taken when the first channel flows and not before, since the application's
   *     identity may come from a bean that waits for its own channels
   */
  @Inject
  public MqttConnector(Provider<MqttConnection> connection) {
    this.connection = connection;
  }

  @Override
  public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
    channels.add(config.getValue(CHANNEL_NAME_ATTRIBUTE, String.class));
    Filter filter = new Filter(config.getValue("topic", String.class), qos(config));
    return (Flow.Publisher<Message<byte[]>>)
        subscriber ->
            connection
                .get()
                .subscribe(filter.topics(), filter.qos())
                .subscribe(new InboundChannel(subscriber, connection.get()));
  }

  @Override
  public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
    channels.add(config.getValue(CHANNEL_NAME_ATTRIBUTE, String.class));
    return new OutboundChannel(
        connection::get,
        new OutboundChannel.Defaults(
            config.getOptionalValue("topic", String.class),
            qos(config),
            config.getOptionalValue("retain", Boolean.class).orElse(false)));
  }

  /** Ready while the connection stands; a process without it is alive all the same. */
  @Override
  public HealthReport getReadiness() {
    HealthReport.HealthReportBuilder report = HealthReport.builder();
    MqttState state = connection.get().state();
    String words =
        connection.get().trouble().map(why -> state + ": " + why).orElse(state.toString());
    channels.forEach(channel -> report.add(channel, state == MqttState.CONNECTED, words));
    return report.build();
  }

  private static Qos qos(Config config) {
    return Qos.of(config.getOptionalValue("qos", Integer.class).orElse(1));
  }
}
