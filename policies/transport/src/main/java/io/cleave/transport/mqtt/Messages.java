package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Our records as MQTT's messages and back. */
final class Messages {
  /** With fewer the broker drops messages of a burst. */
  private static final int RECEIVE_MAXIMUM = 65_535;

  /** The largest plan, with room: the broker keeps from us what is larger. */
  private static final int LARGEST_PACKET_BYTES = 2 << 20;

  private Messages() {}

  static Mqtt5Connect connect(MqttSettings settings, MqttIdentity.Session session) {
    Mqtt5ConnectBuilder plain =
        Mqtt5Connect.builder()
            .cleanStart(true)
            .keepAlive((int) settings.keepAlive().toSeconds())
            .restrictions()
            .receiveMaximum(RECEIVE_MAXIMUM)
            .maximumPacketSize(LARGEST_PACKET_BYTES)
            .applyRestrictions();
    Mqtt5ConnectBuilder known =
        settings.login().map(login -> plain.simpleAuth(credentials(login))).orElse(plain);
    return session
        .will()
        .map(will -> known.willPublish(publish(will).asWill()))
        .orElse(known)
        .build();
  }

  private static Mqtt5SimpleAuth credentials(MqttSettings.Login login) {
    return Mqtt5SimpleAuth.builder()
        .username(login.username())
        .password(login.password().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  static Mqtt5Publish publish(Publication publication) {
    Mqtt5PublishBuilder.Complete lasting =
        Mqtt5Publish.builder()
            .topic(publication.topic())
            .payload(publication.payload())
            .qos(publication.qos().mqtt())
            .retain(publication.retain());
    return publication
        .expiry()
        .map(time -> lasting.messageExpiryInterval(time.toSeconds()))
        .orElse(lasting)
        .build();
  }

  static Mqtt5Subscribe subscribe(Filter filter) {
    return Mqtt5Subscribe.builder().topicFilter(filter.topics()).qos(filter.qos().mqtt()).build();
  }

  /** Its acknowledgement may be given once only. */
  static Arrival arrival(Mqtt5Publish message) {
    return new Arrival(
        message.getTopic().toString(),
        message.getPayloadAsBytes(),
        message.isRetain(),
        message.getMessageExpiryInterval().isPresent()
            ? Optional.of(Duration.ofSeconds(message.getMessageExpiryInterval().getAsLong()))
            : Optional.empty(),
        message::acknowledge);
  }
}
