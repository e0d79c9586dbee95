package io.cleave.policies.cost;

/** One leg of a frame's way: a run of layers on a node, or a transfer over a link. */
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
   */
  record Transfer(int server, boolean up, double bits) implements Hop {}
}
