package io.cleave.policies.cost;

import io.cleave.policies.plan.Handout;
import java.util.List;

/**
 * One leg of a frame's way: a run of layers on a node, a transfer over a link, or pieces of a run
 * on several nodes at the same time.
 */
public sealed interface Hop {
  /**
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}
   * @param seconds of work, start included, queue not
   */
  record Compute(int node, double seconds) implements Hop {}

  /**
   * @param server node number of the link's far end
   * @param up true from the device to the server
   * @param bits on the wire, codec applied
   * @param codecSeconds of encoding and decoding them
   */
  record Transfer(int server, boolean up, double bits, double codecSeconds) implements Hop {}

  /**
   * Pieces that are made at the same time; the frame goes on when all are back.
   *
   * @param handout when each machine gets its pieces
   */
  record Shared(List<Branch> branches, Handout handout) implements Hop {
    public Shared {
      branches = List.copyOf(branches);
    }
  }

  /**
   * A piece on its machine.
   *
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}
   * @param upBits of what it is given, codec applied; 0 for the device
   * @param seconds of work, start included, queue not
   * @param downBits of what it gives back; 0 for the device
   */
  record Branch(int node, double upBits, double seconds, double downBits) {}
}
