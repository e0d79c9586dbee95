package io.cleave.transport.mqtt;

/**
 * What a connection has done since it was made.
 *
 * @param published written (QoS 0) or acknowledged by the broker (QoS 1)
 * @param received handed out by the broker
 * @param dropped given up before they were published: nobody to send them to, no room, too old
 * @param refused turned down by the broker: not allowed, too large
 * @param overflowed received, but dropped since their consumer was too slow
 * @param rejected received, but not accepted by their consumer
 * @param connects connections that came about
 * @param waiting publications that wait for the connection, now
 */
public record MqttCounts(
    long published,
    long received,
    long dropped,
    long refused,
    long overflowed,
    long rejected,
    long connects,
    int waiting) {

  /** Connections after the first. */
  public long reconnects() {
    return Math.max(0, connects - 1);
  }
}
