package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.profile.LayerTimes;
import java.util.BitSet;

/**
 * The legs of a training step, there and back: what a block holds from its way forward its way back
 * needs, so both run on one side, and each tensor that crosses comes back as slopes. The last block
 * turns round in one run.
 */
final class TrainingLegs implements Legs {
  private final Tariff tariff;
  private final LayerTimes device;
  private final LayerTimes server;
  private final BitSet sloped;
  private final double[] deviceBack; // [layers + 1] seconds of the layers before, mirrored
  private final double[] serverBack;

  TrainingLegs(Observation observation, Backward backward, int node) {
    this.tariff = new Tariff(observation, node);
    this.device = observation.device().times();
    this.server = observation.server(node).node().times();
    this.sloped = backward.sloped();
    this.deviceBack = backward.secondsBefore(device);
    this.serverBack = backward.secondsBefore(server);
  }

  @Override
  public Expense near(int from, int to) {
    if (to <= 1) {
      return Expense.FREE; // the input alone is no work
    }
    double there = device.startSeconds() + device.between(from, to);
    double back = deviceBack[to] - deviceBack[from];
    return tariff.near(there + (turns(to, back) ? 0 : device.startSeconds()) + back);
  }

  @Override
  public Expense far(int from, int to) {
    double there = server.startSeconds() + server.between(from, to);
    double back = serverBack[to] - serverBack[from];
    return turns(to, back)
        ? tariff.far(there + back)
        : tariff.far(there).plus(tariff.far(server.startSeconds() + back));
  }

  /** True if there is but one run: nothing comes back, or it is the last block. */
  private boolean turns(int to, double back) {
    return back == 0 || to == device.size();
  }

  @Override
  public Expense nearLayer(int layer) {
    return tariff.near(device.layer(layer) + deviceBack[layer + 1] - deviceBack[layer]);
  }

  @Override
  public Expense farLayer(int layer) {
    return tariff.farLayer(server.layer(layer) + serverBack[layer + 1] - serverBack[layer]);
  }

  @Override
  public Expense up(Freight freight) {
    return tariff.up(freight.bits()).plus(tariff.down(freight.slopedBits()));
  }

  @Override
  public Expense down(Freight freight) {
    return tariff.down(freight.bits()).plus(tariff.up(freight.slopedBits()));
  }

  @Override
  public Expense home(double bits) {
    return Expense.FREE; // the loss is where the last layer is
  }

  @Override
  public BitSet sloped() {
    return sloped;
  }
}
