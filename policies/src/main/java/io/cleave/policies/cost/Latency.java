package io.cleave.policies.cost;

/**
 * Where a frame's time goes, in seconds.
 *
 * @param device own queue and own layers
 * @param codec encoding and decoding
 * @param uplink transfers to servers, propagation included
 * @param queue waiting at servers
 * @param remote layers on servers
 * @param downlink transfers back, propagation included
 */
public record Latency(
    double device, double codec, double uplink, double queue, double remote, double downlink) {
  public static final Latency ZERO = new Latency(0, 0, 0, 0, 0, 0);

  public double seconds() {
    return device + codec + uplink + queue + remote + downlink;
  }

  Latency times(double share) {
    return new Latency(
        device * share,
        codec * share,
        uplink * share,
        queue * share,
        remote * share,
        downlink * share);
  }

  Latency plus(Latency other) {
    return new Latency(
        device + other.device,
        codec + other.codec,
        uplink + other.uplink,
        queue + other.queue,
        remote + other.remote,
        downlink + other.downlink);
  }
}
