package io.cleave.policies.matching;

import java.util.List;

/** A device's bids laid out flat, in seconds a second: frame rate times seconds a frame. */
final class Offers {
  final double framesPerSecond;
  final int model;
  final int[] host; // [bid] ascending; the first are local
  private final double[] terms; // [bid x 3] fixed, work, access, side by side in memory
  private final int[] first; // [host + 1] place of the first bid for a host, local first

  Offers(Contender contender, int hosts) {
    List<Bid> bids = contender.bids();
    framesPerSecond = contender.framesPerSecond();
    model = contender.model();
    host = new int[bids.size()];
    terms = new double[3 * bids.size()];
    first = new int[hosts + 2];
    for (int i = 0; i < host.length; i++) {
      Bid bid = bids.get(i);
      if (bid.host() >= hosts) {
        throw new IllegalArgumentException(
            "There are %d hosts; a bid is for number %d.".formatted(hosts, bid.host()));
      }
      host[i] = bid.host();
      terms[3 * i] = framesPerSecond * bid.fixedSeconds();
      terms[3 * i + 1] = framesPerSecond * bid.workSeconds();
      terms[3 * i + 2] = framesPerSecond * bid.accessSeconds();
      first[bid.host() + 2] = i + 1;
    }
    for (int i = 1; i < first.length; i++) {
      first[i] = Math.max(first[i], first[i - 1]);
    }
  }

  /** Seconds a second that a bid takes whoever else is there. */
  double fixed(int bid) {
    return terms[3 * bid];
  }

  /** Load of the host that it brings. */
  double work(int bid) {
    return terms[3 * bid + 1];
  }

  /** Load of the host's access link. */
  double access(int bid) {
    return terms[3 * bid + 2];
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
