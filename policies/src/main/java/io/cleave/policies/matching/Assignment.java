package io.cleave.policies.matching;

import java.util.Arrays;

/**
 * Which bid of each device is taken, and how loaded each host is by that. Changes and their prices
 * take constant time. Owned by one thread.
 */
public final class Assignment {
  private SiteGame game;
  private final int[] taken; // [device] bid
  private final Guests guests;
  private final double[] load; // [host] share of its time
  private final double[] accessLoad; // [host]
  private final double[] frames; // [host] a second

  /** Everybody alone, by the first of the local bids. */
  public Assignment(SiteGame game) {
    this.game = game;
    this.taken = new int[game.devices()];
    this.guests = new Guests(game);
    this.load = new double[game.hosts()];
    this.accessLoad = new double[game.hosts()];
    this.frames = new double[game.hosts()];
  }

  /** The same once more. */
  public Assignment copy() {
    Assignment copy = new Assignment(game);
    for (int device = 0; device < taken.length; device++) {
      copy.take(device, taken[device]);
    }
    return copy;
  }

  /** What is assigned. */
  public SiteGame game() {
    return game;
  }

  public int devices() {
    return taken.length;
  }

  /** Which network a device runs, by its place among the site's models. */
  public int model(int device) {
    return game.offers(device).model;
  }

  /** Which of its bids a device runs by. */
  public int choice(int device) {
    return taken[device];
  }

  /** Who helps a device, or {@link Bid#LOCAL}. */
  public int hostOf(int device) {
    return game.offers(device).host[taken[device]];
  }

  public int guests(int host) {
    return guests.count(host);
  }

  /** Share of its time that a host is busy; above 1 if it is overloaded. */
  public double load(int host) {
    return load[host];
  }

  /** The same of its access link. */
  public double accessLoad(int host) {
    return accessLoad[host];
  }

  /** Seconds that a frame waits for a host's processor; 0 at one that nobody uses. */
  public double waitSeconds(int host) {
    double wait = game.host(host).variability() * Contention.wait(load[host]);
    return frames[host] > 0 ? wait * load[host] / frames[host] : 0;
  }

  /** What a bit more work costs all, in seconds for each of them; at least 1. */
  public double workPrice(int host) {
    return Contention.price(load[host], game.host(host).variability());
  }

  /** The same of a bit more use of its access link. */
  public double accessPrice(int host) {
    return Contention.price(accessLoad[host], game.host(host).variability());
  }

  /** Seconds that a frame waits for a host's access link. */
  public double accessWaitSeconds(int host) {
    double wait = game.host(host).variability() * Contention.wait(accessLoad[host]);
    return frames[host] > 0 ? wait * accessLoad[host] / frames[host] : 0;
  }

  /** The open host whose help would cost all least at present, or {@link Bid#LOCAL} if none is. */
  public int nextHost(int device) {
    Offers own = game.offers(device);
    int best = Bid.LOCAL;
    double least = Double.POSITIVE_INFINITY;
    for (int bid = own.end(Bid.LOCAL); bid < own.size(); bid++) {
      int host = own.host[bid];
      double cost =
          own.fixed(bid) + own.work(bid) * workPrice(host) + own.access(bid) * accessPrice(host);
      if (cost < least && open(device, host)) {
        least = cost;
        best = host;
      }
    }
    return best;
  }

  /** True if a device may take a bid of this host, nobody else moving. */
  public boolean open(int device, int host) {
    return host == Bid.LOCAL
        || host == hostOf(device)
        || guests.open(host, game.offers(device).model);
  }

  /** True if two devices of different places may change them. */
  boolean exchangeable(int device, int other) {
    int model = game.offers(device).model;
    int otherModel = game.offers(other).model;
    return guests.open(hostOf(device), otherModel, model)
        && guests.open(hostOf(other), model, otherModel);
  }

  /** A device takes a bid; whether its host is open is the caller's to know. */
  public void take(int device, int bid) {
    Offers own = game.offers(device);
    shift(own, taken[device], -1);
    taken[device] = bid;
    shift(own, bid, 1);
  }

  /** A device bids otherwise now; until it takes another bid it takes this one. */
  void rebid(SiteGame changed, int device, int bid) {
    shift(game.offers(device), taken[device], -1);
    game = changed;
    taken[device] = bid;
    shift(changed.offers(device), bid, 1);
  }

  private void shift(Offers own, int bid, int sign) {
    int host = own.host[bid];
    if (host != Bid.LOCAL) {
      guests.shift(host, own.model, sign);
      boolean empty = guests.count(host) == 0; // so that rounding does not add up for ever
      load[host] = empty ? 0 : Math.max(0, load[host] + sign * own.work(bid));
      accessLoad[host] = empty ? 0 : Math.max(0, accessLoad[host] + sign * own.access(bid));
      frames[host] = empty ? 0 : frames[host] + sign * own.framesPerSecond;
    }
  }

  /** What a device costs, in seconds a second. */
  double cost(int device) {
    Offers own = game.offers(device);
    int bid = taken[device];
    int host = own.host[bid];
    return host == Bid.LOCAL
        ? own.fixed(bid)
        : own.fixed(bid)
            + own.work(bid)
            + own.access(bid)
            + own.framesPerSecond * (waitSeconds(host) + accessWaitSeconds(host));
  }

  /** Latency of a device's frames in seconds. */
  public double seconds(int device) {
    return cost(device) / game.offers(device).framesPerSecond;
  }

  /** What all devices cost together, in seconds a second. */
  public double cost() {
    double cost = 0;
    for (int device = 0; device < taken.length; device++) {
      cost += game.offers(device).fixed(taken[device]);
    }
    for (int host = 0; host < load.length; host++) {
      cost += shared(host, load[host], accessLoad[host]);
    }
    return cost;
  }

  /** Mean latency of all frames, in seconds. */
  public double meanSeconds() {
    return cost() / game.framesPerSecond();
  }

  /** By how much the cost of all changes if a device takes another of its bids. */
  double change(int device, int bid) {
    Offers own = game.offers(device);
    int old = taken[device];
    int from = own.host[old];
    int to = own.host[bid];
    double change = own.fixed(bid) - own.fixed(old);
    if (from == to) {
      return change + extra(to, own.work(bid) - own.work(old), own.access(bid) - own.access(old));
    }
    return change
        + extra(from, -own.work(old), -own.access(old))
        + extra(to, own.work(bid), own.access(bid));
  }

  /**
   * By how much the cost of all changes if two devices of different places change them.
   *
   * @param bid of the one, for the place of the other
   * @param otherBid of the other, for the place of the one
   */
  double change(int device, int bid, int other, int otherBid) {
    Offers one = game.offers(device);
    Offers two = game.offers(other);
    int old = taken[device];
    int otherOld = taken[other];
    double change = one.fixed(bid) - one.fixed(old) + two.fixed(otherBid) - two.fixed(otherOld);
    return change
        + extra(
            one.host[old],
            two.work(otherBid) - one.work(old),
            two.access(otherBid) - one.access(old))
        + extra(
            two.host[otherOld],
            one.work(bid) - two.work(otherOld),
            one.access(bid) - two.access(otherOld));
  }

  private double extra(int host, double more, double moreAccess) {
    return host == Bid.LOCAL
        ? 0
        : shared(host, Math.max(0, load[host] + more), Math.max(0, accessLoad[host] + moreAccess))
            - shared(host, load[host], accessLoad[host]);
  }

  private double shared(int host, double work, double access) {
    double variability = game.host(host).variability();
    return Contention.cost(work, variability) + Contention.cost(access, variability);
  }

  @Override
  public String toString() {
    return Arrays.toString(taken);
  }
}
