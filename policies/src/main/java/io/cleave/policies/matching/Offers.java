package io.cleave.policies.matching;

import java.util.List;

/** A device's bids laid out flat, in seconds a second: frame rate times seconds a frame. */
final class Offers {
  final double framesPerSecond;
  final int model;
  final int[] host; // [bid] ascending; the first are local
  final double[] fixed; // [bid] seconds a second
  final double[] work; // [bid] load of the host
  final double[] access; // [bid] load of its access link
  private final int[] first; // [host + 1] place of the first bid for a host, local first

  Offers(Contender contender, int hosts) {
    List<Bid> bids = contender.bids();
    framesPerSecond = contender.framesPerSecond();
    model = contender.model();
    host = new int[bids.size()];
    fixed = new double[bids.size()];
    work = new double[bids.size()];
    access = new double[bids.size()];
    first = new int[hosts + 2];
    for (int i = 0; i < host.length; i++) {
      Bid bid = bids.get(i);
      if (bid.host() >= hosts) {
        throw new IllegalArgumentException(
            "There are %d hosts; a bid is for number %d.".formatted(hosts, bid.host()));
      }
      host[i] = bid.host();
      fixed[i] = framesPerSecond * bid.fixedSeconds();
      work[i] = framesPerSecond * bid.workSeconds();
      access[i] = framesPerSecond * bid.accessSeconds();
      first[bid.host() + 2] = i + 1;
    }
    for (int i = 1; i < first.length; i++) {
      first[i] = Math.max(first[i], first[i - 1]);
    }
  }

  int size() {
    return host.length;
  }

  /** Place of the first bid for a host, or for none; the others follow up to {@link #end}. */
  int begin(int host) {
    return first[host + 1];
  }

  int end(int host) {
    return first[host + 2];
  }
}
