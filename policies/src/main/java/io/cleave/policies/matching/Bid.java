package io.cleave.policies.matching;

/**
 * One way to run a device's frames, as others' presence changes what it costs.
 *
 * @param host that helps, by number from 0; {@link #LOCAL} if none does
 * @param fixedSeconds that a frame takes whoever else is there: on the device, over its own link
 * @param workSeconds that it takes of the host while that does nothing else, at least 0
 * @param accessSeconds that it takes of the host's access link, which all its guests share
 */
public record Bid(int host, double fixedSeconds, double workSeconds, double accessSeconds) {
  /** No host: the device is alone. */
  public static final int LOCAL = -1;

  public Bid {
    if (host < LOCAL) {
      throw new IllegalArgumentException(
          "A host is a number from 0, or -1 for none, not %d.".formatted(host));
    }
    check("fixed", fixedSeconds);
    check("work", workSeconds);
    check("access", accessSeconds);
    if (host == LOCAL && workSeconds + accessSeconds > 0) {
      throw new IllegalArgumentException(
          "A local bid takes nothing of a host, not %s and %s s."
              .formatted(workSeconds, accessSeconds));
    }
  }

  private static void check(String what, double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "The %s time of a bid must be finite and at least 0 s, not %s. Leave out what is endless."
              .formatted(what, seconds));
    }
  }

  /** The same way, if it took so much longer. */
  public Bid dearer(double seconds) {
    return new Bid(host, fixedSeconds + seconds, workSeconds, accessSeconds);
  }

  /** The device alone. */
  public static Bid local(double seconds) {
    return new Bid(LOCAL, seconds, 0, 0);
  }
}
