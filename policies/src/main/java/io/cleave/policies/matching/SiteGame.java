package io.cleave.policies.matching;

import java.util.List;

/**
 * Devices that want help and hosts that could give it. What a device costs depends on who else is
 * at its host, see {@link Contention}. Costs are counted in seconds a second: frames per second
 * times seconds a frame.
 */
public final class SiteGame {
  private final Offers[] offers;
  private final List<Host> hosts;
  private final long[] modelBytes;

  /**
   * @param modelBytes [model] memory that each takes at a host
   * @throws IllegalArgumentException if a bid is for a host that is not there, or a model is
   *     unknown
   */
  public SiteGame(List<Contender> contenders, List<Host> hosts, List<Long> modelBytes) {
    this.hosts = List.copyOf(hosts);
    this.modelBytes = modelBytes.stream().mapToLong(Long::longValue).toArray();
    this.offers = new Offers[contenders.size()];
    for (int device = 0; device < offers.length; device++) {
      offers[device] = checked(contenders.get(device));
    }
  }

  private SiteGame(Offers[] offers, List<Host> hosts, long[] modelBytes) {
    this.offers = offers;
    this.hosts = hosts;
    this.modelBytes = modelBytes;
  }

  private Offers checked(Contender contender) {
    if (contender.model() < 0 || contender.model() >= modelBytes.length) {
      throw new IllegalArgumentException(
          "There are %d models; a device runs number %d."
              .formatted(modelBytes.length, contender.model()));
    }
    return new Offers(contender, hosts.size());
  }

  /** The same, but a device bids otherwise. */
  public SiteGame with(int device, Contender contender) {
    Offers[] others = offers.clone();
    others[device] = checked(contender);
    return new SiteGame(others, hosts, modelBytes);
  }

  public int devices() {
    return offers.length;
  }

  public int hosts() {
    return hosts.size();
  }

  public Host host(int number) {
    return hosts.get(number);
  }

  Offers offers(int device) {
    return offers[device];
  }

  long modelBytes(int model) {
    return modelBytes[model];
  }

  int models() {
    return modelBytes.length;
  }

  /** Frames a second of all devices. */
  double framesPerSecond() {
    double sum = 0;
    for (Offers each : offers) {
      sum += each.framesPerSecond;
    }
    return sum;
  }

  /** What a bid costs in seconds a second if nobody else is at its host. */
  double alone(int device, int bid) {
    Offers own = offers[device];
    int host = own.host[bid];
    if (host == Bid.LOCAL) {
      return own.fixed(bid);
    }
    double variability = hosts.get(host).variability();
    return own.fixed(bid)
        + Contention.cost(own.work(bid), variability)
        + Contention.cost(own.access(bid), variability);
  }
}
