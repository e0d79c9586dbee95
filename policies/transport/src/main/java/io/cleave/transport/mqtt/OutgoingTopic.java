package io.cleave.transport.mqtt;

import java.time.Duration;
import java.util.Optional;

/**
 * Metadata of a message that goes out: where to, instead of the channel's own attributes.
 *
 * @param topic without wildcards
 * @param expiry after which nobody gets it any more; none means never
 * @param retain whether the broker keeps it for those who come later
 */
public record OutgoingTopic(String topic, Optional<Duration> expiry, boolean retain) {}
