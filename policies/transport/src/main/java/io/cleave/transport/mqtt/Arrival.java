package io.cleave.transport.mqtt;

import java.time.Duration;
import java.util.Optional;

/**
 * A message that came in.
 *
 * @param topic that it was published to
 * @param payload not copied
 * @param retained whether the broker had kept it: it is old news
 * @param expiry what is left of its life, in whole seconds
 * @param acknowledge tells the broker that it may forget the message; more than once does nothing
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and payloads are large
public record Arrival(
    String topic,
    byte[] payload,
    boolean retained,
    Optional<Duration> expiry,
    Runnable acknowledge) {}
