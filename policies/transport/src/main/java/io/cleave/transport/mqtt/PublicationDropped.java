package io.cleave.transport.mqtt;

/** A publication was given up before the broker had it. */
public final class PublicationDropped extends RuntimeException {
  private static final long serialVersionUID = 1;

  PublicationDropped(Publication publication, String why) {
    super("A message to %s was dropped: %s.".formatted(publication.topic(), why));
  }
}
