package io.cleave.policies.matching;

/** How many devices are at each host, and which models they need there. */
final class Guests {
  private final SiteGame game;
  private final int[] count; // [host]
  private final int[] users; // [host x model] devices
  private final long[] usedBytes; // [host] by models that are used

  Guests(SiteGame game) {
    this.game = game;
    this.count = new int[game.hosts()];
    this.users = new int[game.hosts() * game.models()];
    this.usedBytes = new long[game.hosts()];
  }

  int count(int host) {
    return count[host];
  }

  /** True if the host takes one more, which runs this model. */
  boolean open(int host, int model) {
    long more = users[host * game.models() + model] == 0 ? game.modelBytes(model) : 0;
    return count[host] < game.host(host).quota()
        && usedBytes[host] + more <= game.host(host).memoryBytes();
  }

  /** True if the host takes a device with one model instead of a guest with another. */
  boolean open(int host, int coming, int going) {
    if (host == Bid.LOCAL || coming == going) {
      return true;
    }
    int row = host * game.models();
    long more = users[row + coming] == 0 ? game.modelBytes(coming) : 0;
    long less = users[row + going] == 1 ? game.modelBytes(going) : 0;
    return usedBytes[host] + more - less <= game.host(host).memoryBytes();
  }

  void shift(int host, int model, int sign) {
    int at = host * game.models() + model;
    boolean held = users[at] > 0;
    count[host] += sign;
    users[at] += sign;
    if (held != users[at] > 0) {
      usedBytes[host] += sign * game.modelBytes(model);
    }
  }
}
