package io.cleave.transport.mqtt;

import java.time.Duration;
import java.util.Optional;

/**
 * Metadata of a message that came in.
 *
 * @param topic that it was published to
 * @param retained whether the broker had kept it: it is old news
 * @param expiry what is left of its life, in whole seconds; none means for ever
 */
public record IncomingTopic(String topic, boolean retained, Optional<Duration> expiry) {}
