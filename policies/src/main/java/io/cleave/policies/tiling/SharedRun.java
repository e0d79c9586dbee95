package io.cleave.policies.tiling;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Round;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.List;

/**
 * A run of layers and how it is run. The stage is made when it is asked for, since of most runs
 * only the seconds are.
 *
 * @param node who runs the layers; the device if they are shared
 * @param shares who makes which piece of what the layers make; empty if the node runs them alone
 * @param seconds until all of what it makes is at the device
 * @param rounds that come before the one in which the shares' pieces are made
 */
record SharedRun(
    LayerSet layers, int node, List<Sharing.Share> shares, double seconds, List<Round> rounds) {
  /** One node runs all of it. */
  SharedRun(LayerSet layers, int node, double seconds) {
    this(layers, node, List.of(), seconds, List.of());
  }

  /** Each machine makes its piece in rounds. */
  static SharedRun of(LayerSet layers, Sharing inRounds, double seconds) {
    return new SharedRun(layers, Stage.DEVICE, inRounds.shares(), seconds, inRounds.rounds());
  }

  /** Each machine is handed its pieces at once. */
  static SharedRun of(Divisible run, List<Sharing.Share> shares, double seconds) {
    return new SharedRun(run.layers(), Stage.DEVICE, shares, seconds, List.of());
  }

  Stage stage() {
    return shares.isEmpty()
        ? new Stage(node, layers)
        : Stage.shared(layers, Sharing.inRounds(shares, rounds));
  }
}
