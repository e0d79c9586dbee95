package io.cleave.policies.cost;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/** Works a shared stage out for given machines. */
public final class SharedHop {
  private SharedHop() {}

  /**
   * What each machine is given, does and gives back; time O(pieces x layers).
   *
   * @throws IllegalArgumentException if the stage is not shared or cannot be divided so, its pieces
   *     are not all of what it makes, or a node is unknown
   */
  public static Hop.Shared of(Stage stage, Observation observation, Codec codec) {
    Sharing sharing =
        stage
            .sharing()
            .orElseThrow(
                () -> new IllegalArgumentException("%s is not shared.".formatted(stage.layers())));
    DnnGraph graph = observation.graph();
    List<Hop.Branch> branches = new ArrayList<>();
    for (Sharing.Share share : sharing.shares()) {
      if (share.node() > observation.servers().size()) {
        throw new IllegalArgumentException(
            "The plan names node %d, but only %d servers are known."
                .formatted(share.node(), observation.servers().size()));
      }
      Footprint footprint = Footprint.of(graph, stage.layers(), sharing.strip(share));
      double seconds = footprint.seconds(observation.node(share.node()).times());
      boolean here = share.node() == Stage.DEVICE;
      branches.add(
          new Hop.Branch(
              share.node(),
              here ? 0 : codec.sizeFactor() * footprint.inputSize().bits(),
              seconds,
              here ? 0 : codec.sizeFactor() * footprint.outputSize().bits()));
    }
    int output = Footprint.output(graph, stage.layers());
    long length = graph.tensor(output).shape().dim(sharing.axis());
    if (sharing.length() != length) {
      throw new IllegalArgumentException(
          "The pieces of %s in %s end at %d, but it is %d long along axis %d."
              .formatted(
                  graph.tensor(output).name(),
                  graph.name(),
                  sharing.length(),
                  length,
                  sharing.axis()));
    }
    return new Hop.Shared(branches);
  }
}
