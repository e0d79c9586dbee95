package io.cleave.policies.partition;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.profile.LayerTimes;
import java.util.BitSet;

/** The legs of a frame's way to its answer. */
final class InferenceLegs implements Legs {
  private final Tariff tariff;
  private final LayerTimes device;
  private final LayerTimes server;

  InferenceLegs(Observation observation, int node) {
    this.tariff = new Tariff(observation, node);
    this.device = observation.device().times();
    this.server = observation.server(node).node().times();
  }

  @Override
  public Expense near(int from, int to) {
    return to <= 1 // the input alone is no work
        ? Expense.FREE
        : tariff.near(device.startSeconds() + device.between(from, to));
  }

  @Override
  public Expense far(int from, int to) {
    return tariff.far(server.startSeconds() + server.between(from, to));
  }

  @Override
  public Expense nearLayer(int layer) {
    return tariff.near(device.layer(layer));
  }

  @Override
  public Expense farLayer(int layer) {
    return tariff.farLayer(server.layer(layer));
  }

  @Override
  public Expense up(Freight freight) {
    return tariff.up(freight.bits());
  }

  @Override
  public Expense down(Freight freight) {
    return tariff.down(freight.bits());
  }

  @Override
  public Expense home(double bits) {
    return tariff.down(bits);
  }

  @Override
  public BitSet sloped() {
    return new BitSet();
  }
}
