package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.util.Objects;

/** Tells failures of the client library apart, and says them so that people can act. */
final class Trouble {
  private Trouble() {}

  /** Whether the broker ended the connection since another one came in with our client id. */
  static boolean isTakeover(Throwable failure) {
    return Link.cause(failure) instanceof Mqtt5DisconnectException end
        && end.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
  }

  /** One sentence on why there is no connection. */
  static String reason(Throwable failure) {
    Throwable cause = Link.cause(failure);
    if (cause instanceof Mqtt5ConnAckException refused) {
      return refusal(refused.getMqttMessage().getReasonCode());
    }
    if (cause instanceof Mqtt5DisconnectException end) {
      return "The broker ended the connection: %s.".formatted(end.getMqttMessage().getReasonCode());
    }
    Throwable root = root(cause);
    String words = Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    return words.endsWith(".") ? words : words + ".";
  }

  /** Not every broker says that another one came in with our client id. */
  static String suspicion(String clientId, int shortLived) {
    return " That was soon after it was made, %d times in a row. Maybe another process is \"%s\", too."
        .formatted(shortLived, clientId);
  }

  private static String refusal(Mqtt5ConnAckReasonCode code) {
    return switch (code) {
      case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED ->
          "The broker refuses the login: %s. Maybe cleave.mqtt.username or cleave.mqtt.password is wrong."
              .formatted(code);
      default -> "The broker refuses the connection: %s.".formatted(code);
    };
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null || cause == failure ? failure : root(cause);
  }
}
