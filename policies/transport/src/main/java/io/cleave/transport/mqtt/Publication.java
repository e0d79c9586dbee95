package io.cleave.transport.mqtt;

import java.time.Duration;
import java.util.Optional;

/**
 * A message that we publish.
 *
 * @param topic without wildcards
 * @param payload not copied: leave it alone once it is here
 * @param qos how hard to try
 * @param retain whether the broker keeps it for those who come later
 * @param expiry after which neither we nor the broker hand it out any more; at least a second, and
 *     whole seconds on the wire (rounded down)
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and payloads are large
public record Publication(
    String topic, byte[] payload, Qos qos, boolean retain, Optional<Duration> expiry) {

  public Publication {
    if (topic.isEmpty() || topic.contains("+") || topic.contains("#")) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be published to: a topic is not empty and has no wildcard."
              .formatted(topic));
    }
    expiry.ifPresent(
        time -> {
          if (time.toSeconds() < 1 || time.toSeconds() > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(
                "A message must expire after 1 to 2^32 - 1 s, not %s.".formatted(time));
          }
        });
  }

  /** For what the next one replaces: may be lost. */
  public static Publication passing(String topic, byte[] payload) {
    return new Publication(topic, payload, Qos.AT_MOST_ONCE, false, Optional.empty());
  }

  /** Arrives at least once. */
  public static Publication sure(String topic, byte[] payload) {
    return new Publication(topic, payload, Qos.AT_LEAST_ONCE, false, Optional.empty());
  }

  /** Arrives at least once, and at everybody who comes later. */
  public static Publication kept(String topic, byte[] payload) {
    return new Publication(topic, payload, Qos.AT_LEAST_ONCE, true, Optional.empty());
  }

  public Publication expiringAfter(Duration time) {
    return new Publication(topic, payload, qos, retain, Optional.of(time));
  }
}
