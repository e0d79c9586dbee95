package io.cleave.testbed.reproduce;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.cost.Gathering;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to run the first layers of a network in equal tiles that need nothing of each
 * other: each has 1 / (r c) of the work, of the image, and of the answer, which is coded.
 *
 * <p>Source: Zhang, Lin, Zhang, ADCNN, ICPP 2020, as remembered. Differs: the board that has the
 * frame makes tiles, too, as in the other methods here.
 *
 * @param observation the boards and the radio
 * @param cut tensor behind the tiles, through which all goes that the rest needs
 * @param tiles r x c
 * @param answerBits of a value that a tile answers
 */
record LoneTiles(Observation observation, int cut, int tiles, double answerBits) {
  /** Tensors behind which a network can be cut for tiles of a grid with so many on a side. */
  static List<Integer> cuts(DnnGraph graph, int side) {
    List<Integer> cuts = new ArrayList<>();
    for (int layer = 1; layer < graph.size() - 1; layer++) {
      int tensor = graph.layer(layer).outputs().get(0);
      TensorShape shape = graph.tensor(tensor).shape();
      boolean image = shape.rank() == 4 && Math.min(shape.dim(2), shape.dim(3)) >= side;
      LayerSet near = graph.leadingTo(tensor);
      if (image && graph.cut(near).tensors().equals(List.of(tensor))) {
        cuts.add(tensor);
      }
    }
    return cuts;
  }

  private LayerSet front() {
    return observation.graph().leadingTo(cut);
  }

  /** Share of the network's multiply-accumulates that tiles have. */
  double share() {
    DnnGraph graph = observation.graph();
    double within =
        front().stream()
            .mapToDouble(layer -> graph.layer(layer).work().multiplyAccumulates())
            .sum();
    return within / graph.multiplyAccumulates();
  }

  /** Megabytes that cross if so many tiles are made elsewhere. */
  double megabytes(int elsewhere) {
    return elsewhere * (imageBits() + codedBits()) / Byte.SIZE / 1e6;
  }

  private double imageBits() {
    return observation.graph().inputSize().bytes() * (double) Byte.SIZE / tiles;
  }

  private double codedBits() {
    return answerBits * observation.graph().tensor(cut).shape().elements() / tiles;
  }

  /**
   * Seconds until all tiles are back.
   *
   * @param given tiles of each board, the one with the frame first
   */
  double gathered(List<Integer> given) {
    LayerTimes times = observation.device().times();
    double each = (times.run(front()) - times.startSeconds()) / tiles;
    List<Hop.Branch> branches = new ArrayList<>();
    for (int board = 0; board < given.size(); board++) {
      int count = given.get(board);
      if (count > 0) {
        double crossing = board == Stage.DEVICE ? 0 : count;
        branches.add(
            new Hop.Branch(
                board, // board 0 is the device, the others are numbered as servers are
                crossing * imageBits(),
                times.startSeconds() + count * each,
                crossing * codedBits()));
      }
    }
    Hop.Shared hop = new Hop.Shared(branches, Handout.ASSIGNED);
    return Gathering.of(hop, observation, Codec.FP32, Airtime.SHARED).seconds();
  }

  /** Seconds of the layers behind the tiles, which the board with the frame runs. */
  double rest() {
    LayerSet behind = observation.graph().all().minus(front());
    return observation.device().times().run(behind);
  }
}
