package io.cleave.agents.link;

/**
 * Bytes on the wire, as far as is known at this end.
 *
 * @param upBytes that crossed to the server
 * @param downBytes that came back
 */
public record Traffic(long upBytes, long downBytes) {
  public static final Traffic NONE = new Traffic(0, 0);
}
