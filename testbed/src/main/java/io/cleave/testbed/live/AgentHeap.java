package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Network;
import java.util.Collection;

/** How much heap an agent is given for the networks that it runs. */
final class AgentHeap {
  private static final long BASE_MEGABYTES = 384;

  /** Outside the heap, but of what the heap may have: weights while a network is built. */
  private static final long COPIES = 1;

  private static final long BYTES_A_WEIGHT = 4;

  private AgentHeap() {}

  /** In 2^20 bytes. */
  static int megabytes(Collection<Network> networks) {
    long parameters = networks.stream().mapToLong(each -> each.graph().parameters()).sum();
    return Math.toIntExact(BASE_MEGABYTES + ((COPIES * BYTES_A_WEIGHT * parameters) >> 20));
  }
}
