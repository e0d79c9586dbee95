package io.cleave.policies.pieces;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.profile.LayerTimes;
import java.util.List;

/** A piece that needs nothing of others: all that it is made of is computed with it. */
record Alone(Funnel funnel, Footprint footprint) implements Making {
  @Override
  public Piece piece() {
    return footprint.piece();
  }

  @Override
  public LayerSet layers() {
    return funnel.run();
  }

  @Override
  public Piece made(int tensor) {
    return footprint.part(tensor);
  }

  @Override
  public Piece held(int tensor) {
    return footprint.part(tensor);
  }

  @Override
  public List<Patch> reads() {
    return footprint.inputs().stream().map(this::patch).toList();
  }

  @Override
  public List<Patch> gives() {
    return List.of(patch(funnel.tensors[funnel.output]));
  }

  private Patch patch(int tensor) {
    return new Patch(tensor, funnel.graph.tensor(tensor).name(), footprint.part(tensor));
  }

  @Override
  public List<Piece> sources() {
    return List.of();
  }

  @Override
  public double inputBits() {
    return footprint.inputBits();
  }

  @Override
  public double outputBits() {
    return footprint.outputBits();
  }

  @Override
  public double seconds(LayerTimes times) {
    return footprint.seconds(times);
  }
}
