package io.cleave.transport.mqtt;

/** What a connection is doing. */
public enum MqttState {
  /** Never was connected yet, and tries. */
  CONNECTING,
  /** Has published its birth and restored its subscriptions. */
  CONNECTED,
  /** Was connected, and tries to be again. */
  LOST,
  /** Another process came in with our client id: we stay out, and somebody has to look. */
  TAKEN_OVER,
  /** Ended by us. */
  CLOSED
}
