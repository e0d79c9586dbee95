package io.cleave.transport.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;

/** How hard the broker and we try; exactly once is not used, since everything is idempotent. */
public enum Qos {
  /** May be lost: for what the next second replaces anyway. */
  AT_MOST_ONCE(MqttQos.AT_MOST_ONCE),
  /** Arrives, perhaps twice. */
  AT_LEAST_ONCE(MqttQos.AT_LEAST_ONCE);

  private final MqttQos mqtt;

  Qos(MqttQos mqtt) {
    this.mqtt = mqtt;
  }

  MqttQos mqtt() {
    return mqtt;
  }

  /**
   * By its number.
   *
   * @throws IllegalArgumentException if it is neither 0 nor 1
   */
  public static Qos of(int number) {
    if (number < 0 || number > 1) {
      throw new IllegalArgumentException("A QoS must be 0 or 1, not %d.".formatted(number));
    }
    return values()[number];
  }
}
